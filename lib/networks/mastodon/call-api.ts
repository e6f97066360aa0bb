import { explainAnswer } from "#lib/networks/mastodon/explain-answer";
import { type Answer, type Content, fetchJson } from "#lib/networks/mastodon/fetch-json";
import type { Session } from "#lib/networks/mastodon/to-session";
import { NetworkError } from "#lib/networks/network-error";
import { toNetworkError } from "#lib/networks/to-network-error";
import type { OutsideOptions } from "#lib/outbound/fetch-outside";
import { OutboundError } from "#lib/outbound/outbound-error";

const SETTLING_MILLISECONDS = 30_000;

type Call = OutsideOptions &
  Content & {
    /** Whether it does what cannot be undone, so that a failure may have done it. */
    isIrreversible?: boolean;
    /** Statuses besides success that the caller reads itself. */
    expected?: number[];
  };

/** Calls a server's API as an account. Throws `NetworkError` for every answer that is not a success. */
export const callApi = async (session: Session, path: string, call: Call = {}): Promise<Answer> => {
  const { isIrreversible = false, expected = [], headers, ...options } = call;
  const answer = await fetchJson(`${session.serverUrl}${path}`, {
    redirect: "error",
    ...options,
    headers: { ...headers, Authorization: `Bearer ${session.token}` },
  }).catch((thrown) => {
    throw toFailure(thrown, isIrreversible);
  });
  if ((answer.status >= 200 && answer.status < 300) || expected.includes(answer.status)) return answer;
  throw await explainAnswer(answer, { session, isIrreversible });
};

function toFailure(thrown: unknown, isIrreversible: boolean): NetworkError {
  const failure = toNetworkError(thrown);
  if (failure.reason !== "uncertain") return failure;
  if (!isIrreversible) return new NetworkError("unavailable", failure.problem, { cause: failure.cause });
  // A server that was only too slow may still be at it: asked at once, it would not know its own answer yet.
  const isSlow = thrown instanceof OutboundError && thrown.code === "Timeout";
  const retryAt = isSlow ? new Date(Date.now() + SETTLING_MILLISECONDS) : undefined;
  return new NetworkError("uncertain", failure.problem, { retryAt, cause: failure.cause });
}
