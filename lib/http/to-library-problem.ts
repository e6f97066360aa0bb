import type { z } from "zod";
import { type Problem, say } from "#lib/problems/problem";

/** What the schema library's own rule says is wrong. Rules that have no code of their own keep the library's sentence. */
export const toLibraryProblem = (issue: z.core.$ZodIssue): Problem => {
  const { message } = issue;
  if (issue.code === "too_big" && issue.inclusive && issue.exact !== true) {
    const limit = Number(issue.maximum);
    if (issue.origin === "string") return say("rule_text_long", { limit });
    if (issue.origin === "array") return say("rule_list_long", { limit });
  }
  if (issue.code === "too_small" && issue.inclusive && issue.exact !== true) {
    const limit = Number(issue.minimum);
    if (issue.origin === "string") return say("rule_text_short", { limit });
    if (issue.origin === "array") return say("rule_list_short", { limit });
  }
  return say("rule_broken", { said: message });
};
