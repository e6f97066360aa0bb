import { domainToASCII } from "node:url";

// At Google, dots and everything from a plus sign on do not make another mailbox.
const GOOGLE_DOMAINS = ["gmail.com", "googlemail.com"];

// Everything else in a domain would be read as the end of it, for example "/", or be decoded, for example "%".
const ADDRESS = /^([^\s@\p{C}]{1,64})@((?=.{1,255}$)[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)*)$/u;

/** What two addresses of one mailbox have in common. Undefined for what is no address. */
export const toAddressKey = (address: string): string | undefined => {
  const [, local, domain] = ADDRESS.exec(address.normalize("NFC").trim()) ?? [];
  const ascii = domain && domainToASCII(domain.toLowerCase());
  if (!local || !ascii) return undefined;
  const name = local.toLowerCase();
  if (!GOOGLE_DOMAINS.includes(ascii)) return `${name}@${ascii}`;
  const plain = name.replace(/\+.*$/s, "").replaceAll(".", "");
  return plain ? `${plain}@gmail.com` : undefined;
};
