import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

/**
 * The result of work that calls a network's servers, limited to this time in total. Throws `NetworkError` when time is up;
 * the work is not cancelled, but nobody waits for it.
 */
export const withinTime = async <Result>(milliseconds: number, work: Promise<Result>): Promise<Result> => {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new NetworkError("unavailable", say("network_slow"))), milliseconds);
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
};
