import type { ProblemText } from "#components/console/describe-problem";
import type { Messages } from "#lib/i18n/schema";

/** The sentences that the list of sessions and its dialog say. */
export type SessionsText = ProblemText & Pick<Messages, "security" | "dialog">;
