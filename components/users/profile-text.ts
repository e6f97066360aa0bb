import type { ProblemText } from "#components/console/describe-problem";
import type { Messages } from "#lib/i18n/schema";

/** The messages of what one can do with one's account. */
export type ProfileText = ProblemText & Pick<Messages, "profile" | "dialog">;
