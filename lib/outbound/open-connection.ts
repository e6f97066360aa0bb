import { connect, isIP, isIPv4, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import ipaddr from "ipaddr.js";
import { OutboundError } from "#lib/outbound/outbound-error";
import { isPublicAddress, type Target } from "#lib/outbound/to-target";
import { say } from "#lib/problems/problem";

/**
 * Connects to one of the given addresses only, and writes nothing before the peer has been verified. Idle time ends the
 * connection with `Timeout` until its timeout is changed. The signal ends it at any time.
 */
export const openConnection = async (target: Target, addresses: string[], limits: ConnectLimits): Promise<Socket> => {
  const socket = await connectToAny(target, addresses, limits);
  if (!isExpectedPeer(socket.remoteAddress, addresses, target.isTrusted)) {
    socket.destroy();
    throw new OutboundError("ForbiddenAddress", say("outbound_moved", { host: target.host }));
  }
  if (target.isSecure) return secure(socket, target, limits);
  endWhenSilent(socket, target, limits);
  return socket;
};

async function secure(plain: Socket, target: Target, limits: ConnectLimits): Promise<Socket> {
  const { host } = target;
  const socket = connectTls({
    socket: plain,
    host,
    ...(!isIP(host) && { servername: host.replace(/\.$/, "") }),
    ALPNProtocols: ["http/1.1"],
    // Set explicitly, because an environment variable can turn it off for the whole process.
    rejectUnauthorized: true,
  });
  endWhenSilent(socket, target, limits);
  await new Promise<void>((resolve, reject) => {
    const fail = (cause?: unknown) => {
      const failure = new OutboundError("TlsFailed", say("outbound_unproven", { host }), { cause });
      reject(cause instanceof OutboundError ? cause : failure);
    };
    // The listeners stay. Later errors reach whoever reads or writes, and must not crash the process.
    socket.on("error", fail);
    socket.on("close", () => fail());
    socket.on("secureConnect", resolve);
  });
  return socket;
}

function endWhenSilent(socket: Socket, { host }: Target, { idleMilliseconds }: ConnectLimits): void {
  socket.setTimeout(idleMilliseconds, () => {
    socket.destroy(new OutboundError("Timeout", say("outbound_silent", { host, milliseconds: idleMilliseconds })));
  });
}

const HEAD_START_MILLISECONDS = 250;

type ConnectLimits = { signal: AbortSignal; idleMilliseconds: number };

/**
 * Connects to the address that answers first (RFC 8305). The next address is tried when one fails or is slow, and the
 * earlier attempts go on meanwhile. Node's own algorithm abandons a distant server for an unreachable address. Throws
 * `OutboundError` when all attempts fail or time is up.
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
      // The listener stays. Later errors reach whoever reads or writes, and must not crash the process.
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

// Starts with the resolver's first choice, then alternates, so that an unreachable address family costs one attempt.
function alternate(addresses: string[]): string[] {
  const isFirstKind = (address: string) => isIPv4(address) === isIPv4(addresses[0] ?? "");
  const first = addresses.filter(isFirstKind);
  const other = addresses.filter((address) => !isFirstKind(address));
  return Array.from({ length: Math.max(first.length, other.length) }, (_, index) => [first[index], other[index]])
    .flat()
    .filter((address) => address !== undefined);
}

/** Whether a peer is one of the addresses and, unless the target is trusted, a public one. */
export const isExpectedPeer = (peer: string | undefined, addresses: string[], isTrusted: boolean): boolean =>
  peer !== undefined &&
  addresses.some((address) => toOneSpelling(address) === toOneSpelling(peer)) &&
  (isTrusted || isPublicAddress(peer));

function toOneSpelling(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
}
