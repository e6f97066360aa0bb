import { callApi } from "#components/console/call-api";
import { describeProblem, type ProblemText } from "#components/console/describe-problem";

/** Ends this browser's session on the server, and only then leaves the page. Returns a sentence when it fails. */
export const signOut = async (text: ProblemText): Promise<string | undefined> => {
  const { problem } = await callApi("DELETE", "/api/sessions/current");
  if (problem && problem.kind !== "session") return describeProblem(problem, text);
  location.assign("/sign-in");
};
