import { toAddressKey, toDomainKey } from "#lib/organizations/address-key";

/**
 * A setting without what pasting and settings files leave around it: white space and one pair of quotation marks. Undefined
 * when anything else is wrong with it.
 */
export const cleanSetting = (text: string): string | undefined => {
  const trimmed = text.trim();
  const value = (/^(["'`])(.*)\1$/s.exec(trimmed)?.[2] ?? trimmed).trim();
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|^["'`“”„‘’«»]|["'`“”„‘’«»]$/u.test(value) ? undefined : value;
};

/** Whether the text is an http(s) address with a host and nothing after it. */
export const isOrigin = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const isBare = url.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
  return isBare && (url.protocol === "http:" || url.protocol === "https:");
};

/**
 * Whether the text is a file path, or an address whose keys nobody can change in transit. Anyone who could change them could
 * disable anybody's API keys. Without TLS, only this computer is trusted.
 */
export const isKeysPlace = (text: string): boolean => {
  if (!/^[a-z][a-z0-9+.-]+:/i.test(text)) return !text.includes("\0");
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
};

/** Whether a host is this computer. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host.endsWith(".localhost") || /^127(\.\d+){3}$/.test(host) || /^\[?::1\]?$/.test(host);

/** A mail server: where it is, whether it speaks TLS from the start, and how to sign in there. */
export type SmtpServer = {
  host: string;
  port: number;
  secure: boolean;
  login: { user: string; pass: string } | undefined;
};

/** Reads `smtp://user:password@host:587` or `smtps://…`. Undefined for anything else. */
export const readSmtpServer = (text: string): SmtpServer | undefined => {
  if (!/^smtps?:\/\/[^/?#]+\/?$/.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, hostname, port, username, password } = new URL(text);
  const [user, pass] = [decode(username), decode(password)];
  if (!hostname || user === undefined || pass === undefined || (user === "") !== (pass === "")) return undefined;
  const secure = protocol === "smtps:";
  return {
    ...{ host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) || (secure ? 465 : 587), secure },
    login: user === "" ? undefined : { user, pass },
  };
};

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const HOST_AND_PORT = /^(\[[0-9a-f:.]+\]|[\w.-]+):(\d{1,5})$/i;

/** Reads `host:port` entries separated by commas, each normalised as in a URL. Undefined when one is malformed. */
export const readHostsAndPorts = (text: string): string[] | undefined => {
  const entries = text.split(",").map((entry) => toHostAndPort(entry.trim()));
  return entries.includes(undefined) ? undefined : (entries as string[]);
};

function toHostAndPort(entry: string): string | undefined {
  const [, host, port] = HOST_AND_PORT.exec(entry) ?? [];
  const url = host ? URL.parse(`http://${host}`) : null;
  return url && Number(port) >= 1 && Number(port) <= 65535 ? `${url.hostname}:${Number(port)}` : undefined;
}

/** A 32-byte key in base64, and the id that the data it encrypted refers to. */
export type KeyText = { id: string; key: string };

/** Reads `id:base64` keys separated by commas. Undefined when one is malformed or two share an id. */
export const readKeys = (text: string): KeyText[] | undefined => {
  const keys = text.split(",").map((entry) => {
    const [, id = "", key = ""] = /^([^:]+):(.+)$/.exec(entry.trim()) ?? [];
    return { id, key };
  });
  return areKeys(keys) ? keys : undefined;
};

/** Whether this is at least one key, each with a unique id. */
export const areKeys = (keys: KeyText[]): boolean =>
  keys.length > 0 &&
  new Set(keys.map(({ id }) => id)).size === keys.length &&
  keys.every(({ id, key }) => /^[\w-]{1,40}$/.test(id) && /^[\w+/-]{43}=?$/.test(key));

/** Who may sign in for the first time: accounts of these domains, and these addresses, each as its key. */
export type AllowedSignIns = { domains: ReadonlySet<string>; addresses: ReadonlySet<string> };

/** Reads domains and addresses separated by commas. `problems` says for each malformed entry what is wrong with it. */
export const readAllowedSignIns = (text: string): { allowed: AllowedSignIns; problems: string[] } => {
  const entries = [...new Set(text.split(",").map((entry) => entry.trim()))];
  const isAddress = (entry: string) => toAddressKey(entry) !== undefined;
  return {
    allowed: {
      domains: new Set(entries.flatMap((entry) => toDomainKey(entry) ?? [])),
      addresses: new Set(entries.flatMap((entry) => toAddressKey(entry) ?? [])),
    },
    problems: entries.flatMap((entry) => (isAddress(entry) ? [] : (describeDomain(entry) ?? []))),
  };
};

// Google says no domain for these accounts, so such an entry would let nobody in.
const DOMAINS_OF_EVERYBODY = ["gmail.com", "googlemail.com"];

function describeDomain(entry: string): string | undefined {
  const domain = toDomainKey(entry);
  if (domain !== undefined && !DOMAINS_OF_EVERYBODY.includes(domain)) return undefined;
  if (domain !== undefined)
    return `the entry "${domain}" lets nobody in, because ordinary Google accounts belong to no domain`;
  if (entry === "") return "an entry is empty";
  const shown = `the entry "${entry.slice(0, MAX_SHOWN_LENGTH)}"`;
  if (entry.startsWith("@")) return `${shown} begins with @, but a domain stands alone`;
  if (entry.includes("*")) return `${shown} has a *, but each domain is written in full`;
  if (entry.includes("/")) return `${shown} is an address of a page, but a domain stands alone`;
  return `${shown} is not ${entry.includes("@") ? "an e-mail address" : "a domain"}`;
}

const MAX_SHOWN_LENGTH = 100;
