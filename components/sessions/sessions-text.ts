import type { ProblemText } from "#components/console/describe-problem";
import type { Messages } from "#lib/i18n/schema";

/** The messages of the list of sessions and its dialog. */
export type SessionsText = ProblemText & Pick<Messages, "security" | "dialog">;
