import tlds from "tlds" with { type: "json" };
import { z } from "zod";
import { callServer, toServerUrl } from "#lib/networks/bluesky/server";
import { findOwnServer } from "#lib/networks/bluesky/session";
import { NetworkError } from "#lib/networks/network-error";
import { fetchOutside } from "#lib/outbound/fetch-outside";
import { OutboundError } from "#lib/outbound/outbound-error";
import { readJson, readText } from "#lib/outbound/read-body";
import { toTarget } from "#lib/outbound/to-target";
import { withoutInvisible } from "#lib/pasted/schema";

/** How a user identifies an account: by handle or DID, by a short name on one server, or by e-mail address on one server. */
export type Identifier = { kind: "handle" | "did" | "short" | "email"; name: string };

const HANDLE = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const SHORT = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const DID = /^did:[a-z]+:[\w.:%-]{1,2000}$/;
const EMAIL = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/;
// The bridge between Bluesky and Mastodon has no mailboxes.
const BRIDGE = /@(?:[a-z0-9-]+\.)*brid\.gy$/i;
const LONGEST = 2048;

/**
 * Parses what people copy to name an account: `alice`, `@alice.test`, the address of a profile or a post in any client
 * (`…/profile/alice.test`), `at://alice.test`, a DID, or an e-mail address. Undefined when it names no account.
 */
export const readIdentifier = (given: string): Identifier | undefined => {
  const text = withoutInvisible(given.slice(0, LONGEST)).replace(/^mailto:/i, "");
  const name = toName(text.replace(/^[@＠]/, "")).replace(/\.$/, "");
  const lower = name.toLowerCase();
  if (DID.test(name)) return { kind: "did", name };
  if (HANDLE.test(lower)) return { kind: "handle", name: lower };
  if (SHORT.test(lower)) return { kind: "short", name: lower };
  if (!EMAIL.test(name)) return undefined;
  return /^[@＠]/.test(text) || BRIDGE.test(name) ? readBridged(name.replace(/@.*$/, "")) : { kind: "email", name };
};

// Other networks name a bridged account by its full handle. A short name is not an account of this network.
function readBridged(name: string): Identifier | undefined {
  const bridged = readIdentifier(name);
  return bridged?.kind === "short" ? undefined : bridged;
}

function toName(text: string): string {
  const [, authority] = /^at:\/\/([^/?#]+)/i.exec(text) ?? [];
  if (authority !== undefined) return decode(authority);
  const [, profile] = /^(?:https?:\/\/)?[^/?#\s]+\/profile\/([^/?#]+)/i.exec(text) ?? [];
  if (profile !== undefined) return decode(profile).replace(/^@/, "");
  // A user whose handle is their own domain may give its address, and browsers add a slash at the end.
  return text.replace(/^https?:\/\/(?=[^/?#@:]+\/?$)/i, "").replace(/\/$/, "");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The directory of `did:plc` identities. */
const DIRECTORY = "https://plc.directory";

// Bluesky hosts its own accounts on many machines, but all of them sign in at one server.
const BEHIND_THE_DOOR = /\.host\.bsky\.network$/;
const DOOR = "https://bsky.social";

const LIMITS = { timeoutMilliseconds: 8000, maxBytes: 65_536 };
const documentSchema = z.object({
  id: z.string(),
  service: z.array(z.object({ id: z.string(), serviceEndpoint: z.unknown() })),
});

/**
 * Finds the server where an account signs in, by its handle or DID. Asks `server` who owns a handle, then the handle's own
 * domain. Returns undefined when it cannot be found.
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
  // A host that the operator allows on another port is on a local network, where there are no certificates.
  if (isTrusted && port !== 443) url.protocol = "http:";
  return url.href;
}

// A failed lookup is not an error here: signing in will report what is wrong.
function toNone(thrown: unknown): undefined {
  if (thrown instanceof OutboundError || thrown instanceof NetworkError || thrown instanceof URIError) return undefined;
  throw thrown;
}

const TOP_LEVEL = new Set<string>(tlds);
// Country and registry domains that are also file extensions.
const FILE_ENDINGS = new Set(["cc", "md", "mk", "ml", "mm", "mov", "pm", "ps", "py", "rs", "sh", "so", "tf", "zip"]);
const SECOND_LEVEL = new Set(["ac", "co", "com", "edu", "gov", "net", "org"]);

/** Whether a label, in any case and in Unicode, is a top-level domain. */
export const isTopLevel = (label: string): boolean => TOP_LEVEL.has(label.toLowerCase());

/**
 * Whether dotted text is meant as a domain, and not as a file name, a version or the end of a sentence. `hasPath` says
 * whether a path follows.
 */
export const isDomain = (domain: string, hasPath: boolean): boolean => {
  const labels = domain.split(".");
  const last = labels.at(-1) ?? "";
  if (!isTopLevel(last) || (last !== last.toLowerCase() && domain !== domain.toUpperCase())) return false;
  const name = labels.slice(0, -1).join(".");
  if (!/\p{L}|\d{3}/u.test(name)) return false;
  const isSure = hasPath || /^www\./i.test(domain) || SECOND_LEVEL.has(labels.at(-2) ?? "");
  return isSure || !FILE_ENDINGS.has(last.toLowerCase());
};

const LONGEST_MILLISECONDS = 5000;
const AT_ONCE = 8;

const answerSchema = z.object({
  did: z
    .string()
    .max(2048)
    .regex(/^did:[a-z]+:[\w.:%-]*[\w.-]$/),
});

/**
 * Resolves handles to DIDs, as far as the server can within a few seconds in total. Some servers that it asks never answer.
 */
export const findDids = async (server: string, handles: string[]): Promise<ReadonlyMap<string, string>> => {
  const signal = AbortSignal.timeout(LONGEST_MILLISECONDS);
  const found = new Map<string, string>();
  const rest = [...new Set(handles)].values();
  const work = async () => {
    for (const handle of rest) {
      const did = await findDid(server, handle, signal);
      if (did !== undefined) found.set(handle, did);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
};

/** Resolves a handle to its DID, or undefined when the server cannot do so in time. */
const findDid = (
  server: string,
  handle: string,
  signal = AbortSignal.timeout(LONGEST_MILLISECONDS),
): Promise<string | undefined> => {
  const method = "com.atproto.identity.resolveHandle";
  return callServer({ server, method, query: { handle }, signal }, answerSchema).then(
    ({ did }) => did,
    (thrown) => {
      if (thrown instanceof NetworkError) return undefined;
      throw thrown;
    },
  );
};
