import { z } from "zod";
import { findDid } from "#lib/networks/bluesky/find-dids";
import type { Identifier } from "#lib/networks/bluesky/read-identifier";
import { findOwnServer } from "#lib/networks/bluesky/session";
import { toServerUrl } from "#lib/networks/bluesky/to-server-url";
import { NetworkError } from "#lib/networks/network-error";
import { fetchOutside } from "#lib/outbound/fetch-outside";
import { OutboundError } from "#lib/outbound/outbound-error";
import { readJson, readText } from "#lib/outbound/read-body";
import { toTarget } from "#lib/outbound/to-target";

/** Where identities of the kind `did:plc` are kept. */
export const DIRECTORY = "https://plc.directory";

// Bluesky's own accounts are kept on many machines, and sign in at one door.
const BEHIND_THE_DOOR = /\.host\.bsky\.network$/;
const DOOR = "https://bsky.social";

const LIMITS = { timeoutMilliseconds: 8000, maxBytes: 65_536 };
const documentSchema = z.object({
  id: z.string(),
  service: z.array(z.object({ id: z.string(), serviceEndpoint: z.unknown() })),
});

/**
 * The server at which an account signs in, by its handle or DID, or undefined when that cannot be found out. `server` is
 * asked whose a handle is, then the handle's own domain.
 */
export const findHome = async (
  server: string,
  { kind, name }: Identifier,
  directory = DIRECTORY,
): Promise<string | undefined> => {
  try {
    const did = kind === "did" ? name : ((await findDid(server, name)) ?? (await askDomain(name)));
    const own = did && (await readOwnServer(did, directory));
    if (!own) return undefined;
    const url = toServerUrl(own);
    return BEHIND_THE_DOOR.test(new URL(url).hostname) ? DOOR : url;
  } catch (thrown) {
    return toNone(thrown);
  }
};

async function askDomain(handle: string): Promise<string | undefined> {
  const { status, body } = await fetchOutside(`https://${handle}/.well-known/atproto-did`, LIMITS);
  const text = (await readText(body)).trim();
  return status === 200 && text.startsWith("did:") ? text : undefined;
}

async function readOwnServer(did: string, directory: string): Promise<string | undefined> {
  const address = toDocumentAddress(did, directory);
  if (!address) return undefined;
  const { status, body } = await fetchOutside(address, { ...LIMITS, headers: { accept: "application/json" } });
  const { data: didDoc } = documentSchema.safeParse(await readJson(body));
  return status === 200 && didDoc?.id === did ? findOwnServer({ did, didDoc }) : undefined;
}

function toDocumentAddress(did: string, directory: string): string | undefined {
  if (/^did:plc:[a-z0-9]+$/.test(did)) return `${directory}/${did}`;
  const [, host = ""] = /^did:web:([\w.%-]+)$/.exec(did) ?? [];
  if (host === "") return undefined;
  const { url, isTrusted, port } = toTarget(`https://${decodeURIComponent(host)}/.well-known/did.json`);
  // What the operator allows at a port of its own is on this side of the internet, where there are no certificates.
  if (isTrusted && port !== 443) url.protocol = "http:";
  return url.href;
}

// Nobody has to be found: signing in says what is wrong.
function toNone(thrown: unknown): undefined {
  if (thrown instanceof OutboundError || thrown instanceof NetworkError || thrown instanceof URIError) return undefined;
  throw thrown;
}
