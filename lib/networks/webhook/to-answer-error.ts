import { NetworkError } from "#lib/networks/network-error";
import type { OutsideAnswer } from "#lib/outbound/fetch-outside";
import { readRetryAfter } from "#lib/outbound/read-retry-after";

/** What an answer means for the message that it answers; undefined when the receiver took it. */
export const toAnswerError = ({ status, headers }: OutsideAnswer): NetworkError | undefined => {
  if (status >= 200 && status < 300) return undefined;
  const said = `The receiver answered ${status}`;
  if (status === 410) return new NetworkError("revoked", `${said}: it wants nothing any more.`);
  const retryAt = readRetryAfter(headers);
  if (status === 429 || (status === 503 && retryAt)) {
    return new NetworkError("rate_limited", `${said}: not now.`, { retryAt });
  }
  if (status >= 500) return new NetworkError("uncertain", `${said}.`);
  return new NetworkError("refused", `${said}: it did not take the message.`);
};
