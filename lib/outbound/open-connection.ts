import { connect, isIP, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { isExpectedPeer } from "#lib/outbound/is-expected-peer";
import { OutboundError, type OutboundErrorCode } from "#lib/outbound/outbound-error";
import type { Target } from "#lib/outbound/to-target";

type Limits = { signal: AbortSignal; idleMilliseconds: number };

/**
 * Connects to one of the addresses and nowhere else; nothing is written before it is known who is at the other end.
 * A silence ends the connection with `Timeout` until its timeout is changed, the signal ends it at any time.
 */
export const openConnection = async (target: Target, addresses: string[], limits: Limits): Promise<Socket> => {
  const { host, port } = target;
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  const lookup: LookupFunction = (_name, _options, callback) => callback(null, found);
  const socket = connect({ host, port, lookup, autoSelectFamily: true, signal: limits.signal });
  await waitFor("connect", socket, target, limits);
  if (!isExpectedPeer(socket.remoteAddress, addresses, target.isTrusted)) {
    socket.destroy();
    throw new OutboundError("ForbiddenAddress", `${host} was not where it was said to be.`);
  }
  return target.isSecure ? secure(socket, target, limits) : socket;
};

async function secure(plain: Socket, target: Target, limits: Limits): Promise<Socket> {
  plain.setTimeout(0);
  const { host } = target;
  const socket = connectTls({
    socket: plain,
    host,
    ...(!isIP(host) && { servername: host.replace(/\.$/, "") }),
    ALPNProtocols: ["http/1.1"],
    // Said here, because the environment can say otherwise for the whole process.
    rejectUnauthorized: true,
  });
  await waitFor("secureConnect", socket, target, limits);
  return socket;
}

const FAILURES = {
  connect: ["ConnectionFailed", "could not be connected to"],
  secureConnect: ["TlsFailed", "could not prove who it is"],
} as const satisfies Record<string, [OutboundErrorCode, string]>;

function waitFor(event: keyof typeof FAILURES, socket: Socket, { host }: Target, limits: Limits): Promise<void> {
  const [code, failure] = FAILURES[event];
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown) => {
      reject(cause instanceof OutboundError ? cause : new OutboundError(code, `${host} ${failure}.`, { cause }));
    };
    // These listeners stay: what breaks later is told to whoever reads or writes, and must not end the process.
    socket.on("error", fail);
    socket.on("close", () => fail());
    socket.on(event, resolve);
    socket.setTimeout(limits.idleMilliseconds, () => {
      socket.destroy(new OutboundError("Timeout", `${host} was silent for ${limits.idleMilliseconds} ms.`));
    });
  });
}
