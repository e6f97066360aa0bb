import { ConnectError } from "#lib/networks/connect-error";
import { findAccountServer } from "#lib/networks/mastodon/find-account-server";
import { type Instance, readInstance } from "#lib/networks/mastodon/read-instance";
import { type Named, readNamed } from "#lib/networks/mastodon/read-named";
import { toServerUrl } from "#lib/networks/mastodon/to-server-url";
import { OutboundError } from "#lib/outbound/outbound-error";
import { toTarget } from "#lib/outbound/to-target";
import { say } from "#lib/problems/problem";

const NO_SERVER = say("instance_unnamed");
const OTHER_KIND = say("instance_other_kind");

/** The server that somebody names, or at which the account is that they name. Throws `ConnectError`. */
export const findInstance = async (given: string): Promise<Instance> => {
  const named = readNamed(given);
  if (!named) throw new ConnectError("instance", NO_SERVER);
  const origin = toServerUrl(named.address);
  return findAt(origin, named).catch((thrown) => {
    // What the operator allows may be on this side of the internet, where there are no certificates.
    const isPlain = !named.address.includes("://") && toTarget(origin).isTrusted && isWithoutTls(thrown);
    if (isPlain) return findAt(origin.replace("https:", "http:"), named);
    throw thrown;
  });
};

function isWithoutTls(thrown: unknown): boolean {
  return thrown instanceof ConnectError && thrown.cause instanceof OutboundError && thrown.cause.code === "TlsFailed";
}

async function findAt(origin: string, { account }: Named): Promise<Instance> {
  const server = account && (await findAccountServer(origin, account));
  const home = server ? toServerUrl(server) : origin;
  const found = (await read(home)) ?? (home === origin ? undefined : await read(origin));
  if (found) return { ...found, serverUrl: toServerUrl(found.serverUrl) };
  throw new ConnectError("instance", OTHER_KIND);
}

async function read(serverUrl: string): Promise<Instance | undefined> {
  return readInstance(serverUrl).catch((cause) => {
    if (!(cause instanceof OutboundError)) throw cause;
    throw new ConnectError("instance", say("instance_away"), { cause });
  });
}
