import { withoutInvisible } from "#lib/pasted/schema";

/** What names a server: its address, and the account of which it is said to be the home. */
export type Named = { address: string; account?: string };

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const ACCOUNT = /^@?([^@\s]+)@([^@\s]+)$/;

// What clients on the web show is at their own address, and the server follows: `elk.zone/mastodon.social/@me`,
// `phanpy.social/#/mastodon.social/s/1`.
const IN_CLIENT =
  /^\/(?:#\/)?((?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]+(?::\d+)?)(\/(?:@|[ast]\/|public|local|trending|timeline|explore).*)/su;

/**
 * Reads what people copy to name their server: `mastodon.social`, the address of any of its pages, there or in a client on
 * the web, `mastodon.social/@me`, `@me@mastodon.social`. Undefined when there is a name and no server in it: `@me`, `me`.
 */
export const readNamed = (given: string): Named | undefined => {
  const text = withoutInvisible(given)
    .replaceAll("＠", "@")
    .replace(/^(?:(?:web\+)?acct:(?:\/\/)?|mailto:)/i, "");
  const [scheme = ""] = SCHEME.exec(text) ?? [];
  const [, host = "", path = ""] = /^([^/?#]*)(.*)$/s.exec(text.slice(scheme.length)) ?? [];
  const [, shownServer, pathThere = ""] = IN_CLIENT.exec(path) ?? [];
  if (shownServer !== undefined) return readNamed(shownServer + pathThere);
  // An account of another server, as it is shown on this one.
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
