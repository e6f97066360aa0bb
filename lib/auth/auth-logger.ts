import type { LoggerInstance } from "next-auth";
import { log, toLogFields } from "#lib/log";

const MAX_MESSAGE_LENGTH = 300;
const TOKEN_LIKE = /[\w-]{24,}/g;

/**
 * next-auth's complaints as log lines. Of what it hands over only the error's name and message are kept, and of the
 * message nothing that could be a token, a state or a nonce.
 */
export const authLogger: Partial<LoggerInstance> = {
  error: (code, metadata) => {
    const error = metadata instanceof Error ? metadata : metadata.error;
    const { errorName, errorMessage } = toLogFields(error);
    const message = String(errorMessage)
      .replaceAll(/\p{Cc}/gu, " ")
      .replaceAll(TOKEN_LIKE, "[removed]");
    log("warn", `Sign-in: ${code}`, {
      ...(errorName && { errorName }),
      errorMessage: message.slice(0, MAX_MESSAGE_LENGTH),
    });
  },
  warn: (code) => log("warn", `Sign-in: ${code}`),
  debug: () => {},
};
