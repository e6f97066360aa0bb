import { NetworkError } from "#lib/networks/network-error";
import type { OutsideAnswer } from "#lib/outbound/fetch-outside";
import { readRetryAfter } from "#lib/outbound/read-retry-after";
import { say } from "#lib/problems/problem";

/** What an answer means for the message that it answers; undefined when the receiver took it. */
export const toAnswerError = ({ status, headers }: OutsideAnswer): NetworkError | undefined => {
  if (status >= 200 && status < 300) return undefined;
  if (status === 410) return new NetworkError("revoked", say("receiver_gone", { status }));
  const retryAt = readRetryAfter(headers);
  if (status === 429 || (status === 503 && retryAt)) {
    return new NetworkError("rate_limited", say("receiver_later", { status }), { retryAt });
  }
  if (status >= 500) return new NetworkError("uncertain", say("receiver_failed", { status }));
  return new NetworkError("refused", say("receiver_refused", { status }));
};
