import { connect, isIPv4, type Socket } from "node:net";
import { OutboundError } from "#lib/outbound/outbound-error";
import type { Target } from "#lib/outbound/to-target";
import { say } from "#lib/problems/problem";

const HEAD_START_MILLISECONDS = 250;

export type ConnectLimits = { signal: AbortSignal; idleMilliseconds: number };

/**
 * Connects to whichever address answers first. The next one is tried when one fails or has not answered soon, and none is
 * given up before another has answered (RFC 8305): Node's own way leaves a server that is far away for an address that
 * leads nowhere. Throws `OutboundError` when all have failed or nobody answers in time.
 */
export const connectToAny = (target: Target, addresses: string[], limits: ConnectLimits): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const { host, port } = target;
    const waiting = alternate(addresses);
    const trying = new Set<Socket>();
    let next: NodeJS.Timeout | undefined;
    const settle = (winner?: Socket) => {
      clearTimeout(next);
      clearTimeout(patience);
      waiting.length = 0;
      for (const socket of trying) if (socket !== winner) socket.destroy();
    };
    const fail = (error: OutboundError) => {
      settle();
      reject(error);
    };
    const patience = setTimeout(
      () => fail(new OutboundError("Timeout", say("outbound_silent", { host, milliseconds: limits.idleMilliseconds }))),
      limits.idleMilliseconds,
    );
    const tryNext = () => {
      clearTimeout(next);
      const address = waiting.shift();
      if (address === undefined) return;
      const socket = connect({ host: address, port, signal: limits.signal });
      trying.add(socket);
      socket.once("connect", () => {
        settle(socket);
        resolve(socket);
      });
      // It stays: what breaks later is told to whoever reads or writes, and must not end the process.
      socket.on("error", (cause) => {
        trying.delete(socket);
        if (waiting.length > 0) tryNext();
        else if (trying.size === 0)
          fail(new OutboundError("ConnectionFailed", say("outbound_unconnected", { host }), { cause }));
      });
      next = setTimeout(tryNext, HEAD_START_MILLISECONDS);
    };
    tryNext();
  });

// The resolver's first choice first, then in turns, so that a family that leads nowhere costs one try.
function alternate(addresses: string[]): string[] {
  const isFirstKind = (address: string) => isIPv4(address) === isIPv4(addresses[0] ?? "");
  const first = addresses.filter(isFirstKind);
  const other = addresses.filter((address) => !isFirstKind(address));
  return Array.from({ length: Math.max(first.length, other.length) }, (_, index) => [first[index], other[index]])
    .flat()
    .filter((address) => address !== undefined);
}
