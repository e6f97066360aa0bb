import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

/**
 * What a network's servers say in a number of calls, if they say it in this time altogether. Throws `NetworkError` when
 * they do not: whoever asked is answered, and what comes later is not waited for.
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
