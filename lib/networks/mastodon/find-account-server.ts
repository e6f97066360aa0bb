import { z } from "zod";
import { fetchJson } from "#lib/networks/mastodon/call-api";
import { ConnectError } from "#lib/networks/network-error";
import { fetchOutside } from "#lib/outbound/fetch-outside";
import { OutboundError } from "#lib/outbound/outbound-error";
import { readText } from "#lib/outbound/read-body";
import { toTarget } from "#lib/outbound/to-target";
import { withoutInvisible } from "#lib/pasted/schema";
import { say } from "#lib/problems/problem";

const LIMITS = { timeoutMilliseconds: 8000, maxBytes: 262_144 };
const RELATIONS = ["self", "http://webfinger.net/rel/profile-page"];

const descriptionSchema = z.object({
  links: z.array(z.object({ rel: z.string(), href: z.string().optional().catch(undefined) })),
});

/**
 * Finds an account's server when it is not the one in its name, by WebFinger (RFC 7033), or by host-meta if that says where
 * WebFinger is (RFC 6415). `origin` is the server in the name. Returns undefined when there is no answer.
 */
export const findAccountServer = async (origin: string, account: string): Promise<string | undefined> => {
  const resource = encodeURIComponent(`acct:${account}`);
  const own = await ask(`${origin}/.well-known/webfinger?resource=${resource}`);
  if (own !== undefined) return own;
  const template = await readTemplate(`${origin}/.well-known/host-meta`);
  return template?.includes("{uri}") ? ask(template.replace("{uri}", resource)) : undefined;
};

async function ask(address: string): Promise<string | undefined> {
  const answer = await fetchJson(address, {
    ...LIMITS,
    headers: { Accept: "application/jrd+json, application/json" },
  }).catch(toNone);
  const { data } = descriptionSchema.safeParse(answer?.json);
  if (answer?.status !== 200 || !data) return undefined;
  const addresses = RELATIONS.flatMap((relation) => data.links.find(({ rel }) => rel === relation)?.href ?? []);
  return addresses.map((href) => URL.parse(href)).find((url) => url && /^https?:$/.test(url.protocol))?.origin;
}

async function readTemplate(address: string): Promise<string | undefined> {
  const answer = await fetchOutside(address, LIMITS).catch(toNone);
  if (!answer) return undefined;
  const text = await readText(answer.body).catch(toNone);
  if (answer.status !== 200 || !text) return undefined;
  const links = text.match(/<(?:\w+:)?Link\s[^<>]*>/g) ?? [];
  const link = links.find((tag) => /\srel=["']lrdd["']/.test(tag));
  return link && /\stemplate=["']([^"'<>\s]+)["']/.exec(link)?.[1]?.replaceAll("&amp;", "&");
}

function toNone(thrown: unknown): undefined {
  if (thrown instanceof OutboundError) return undefined;
  throw thrown;
}

/** A named server: its address, and the account that is said to be there. */
export type Named = { address: string; account?: string };

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const ACCOUNT = /^@?([^@\s]+)@([^@\s]+)$/;

// Web clients show accounts under their own addresses, followed by the server: `elk.zone/mastodon.social/@me`,
// `phanpy.social/#/mastodon.social/s/1`.
const IN_CLIENT =
  /^\/(?:#\/)?((?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]+(?::\d+)?)(\/(?:@|[ast]\/|public|local|trending|timeline|explore).*)/su;

/**
 * Parses what people copy to name their server: `mastodon.social`, the address of any of its pages, there or in a web
 * client, `mastodon.social/@me`, or `@me@mastodon.social`. Undefined for a name without a server: `@me`, `me`.
 */
export const readNamed = (given: string): Named | undefined => {
  const text = withoutInvisible(given)
    .replaceAll("＠", "@")
    .replace(/^(?:(?:web\+)?acct:(?:\/\/)?|mailto:)/i, "");
  const [scheme = ""] = SCHEME.exec(text) ?? [];
  const [, host = "", path = ""] = /^([^/?#]*)(.*)$/s.exec(text.slice(scheme.length)) ?? [];
  const [, shownServer, pathThere = ""] = IN_CLIENT.exec(path) ?? [];
  if (shownServer !== undefined) return readNamed(shownServer + pathThere);
  // An account of another server, as shown on this one.
  const [, shown] = /^\/(?:(?:web|deck)\/)?(@[^@/?#\s]+@[^@/?#\s]+)/.exec(path) ?? [];
  const account = shown ?? (scheme === "" && host.includes("@") ? host : undefined);
  if (account === undefined) {
    const isName = scheme === "" && path === "" && /^[\p{L}\p{N}_-]+$/u.test(host) && host !== "localhost";
    return isName ? undefined : { address: scheme + host };
  }
  return readAccount(account);
};

function readAccount(account: string): Named | undefined {
  const [, user, domain] = ACCOUNT.exec(account) ?? [];
  if (user !== undefined && domain !== undefined) return { address: domain, account: `${user}@${domain}` };
  return /^@[^@\s]+$/.test(account) ? undefined : { address: account };
}

/**
 * The origin of a server, from its name or any address on it. Always https, except for a host that the operator allows.
 * Throws `ConnectError`.
 */
export const toServerUrl = (name: string): string => {
  try {
    const { url, isTrusted } = toTarget(/^[a-z]+:\/\//i.test(name) ? name : `https://${name}`);
    if (!isTrusted) url.protocol = "https:";
    return url.origin;
  } catch (cause) {
    throw new ConnectError("instance", say("instance_address_form"), { cause });
  }
};
