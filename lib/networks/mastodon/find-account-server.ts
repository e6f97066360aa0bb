import { z } from "zod";
import { fetchJson } from "#lib/networks/mastodon/fetch-json";
import { fetchOutside } from "#lib/outbound/fetch-outside";
import { OutboundError } from "#lib/outbound/outbound-error";
import { readText } from "#lib/outbound/read-body";

const LIMITS = { timeoutMilliseconds: 8000, maxBytes: 262_144 };
const RELATIONS = ["self", "http://webfinger.net/rel/profile-page"];

const descriptionSchema = z.object({
  links: z.array(z.object({ rel: z.string(), href: z.string().optional().catch(undefined) })),
});

/**
 * Where an account is kept when that is another server than the one in its name, as WebFinger says (RFC 7033), or host-meta
 * says of WebFinger (RFC 6415). `origin` is where the name's own server would be. Undefined when nobody knows.
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
