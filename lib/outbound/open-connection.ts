import { isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { type ConnectLimits, connectToAny } from "#lib/outbound/connect-to-any";
import { isExpectedPeer } from "#lib/outbound/is-expected-peer";
import { OutboundError } from "#lib/outbound/outbound-error";
import type { Target } from "#lib/outbound/to-target";
import { say } from "#lib/problems/problem";

/**
 * Connects to one of the addresses and nowhere else; nothing is written before it is known who is at the other end.
 * A silence ends the connection with `Timeout` until its timeout is changed, the signal ends it at any time.
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
    // Said here, because the environment can say otherwise for the whole process.
    rejectUnauthorized: true,
  });
  endWhenSilent(socket, target, limits);
  await new Promise<void>((resolve, reject) => {
    const fail = (cause?: unknown) => {
      const failure = new OutboundError("TlsFailed", say("outbound_unproven", { host }), { cause });
      reject(cause instanceof OutboundError ? cause : failure);
    };
    // These listeners stay: what breaks later is told to whoever reads or writes, and must not end the process.
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
