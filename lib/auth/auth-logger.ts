import type { LoggerInstance } from "next-auth";
import { log, toLogFields } from "#lib/log";

const MAX_MESSAGE_LENGTH = 300;

/** next-auth's complaints as log lines. Of what it hands over only the error's name and message are kept: no tokens, no claims. */
export const authLogger: Partial<LoggerInstance> = {
  error: (code, metadata) => {
    const error = metadata instanceof Error ? metadata : metadata.error;
    const { errorName, errorMessage } = toLogFields(error);
    log("warn", `Sign-in: ${code}`, {
      ...(errorName && { errorName }),
      errorMessage: String(errorMessage)
        .replaceAll(/\p{Cc}/gu, " ")
        .slice(0, MAX_MESSAGE_LENGTH),
    });
  },
  warn: (code) => log("warn", `Sign-in: ${code}`),
  debug: () => {},
};
