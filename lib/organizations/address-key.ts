import { domainToASCII } from "node:url";

// At Google, dots and everything from a plus sign on do not make another mailbox.
const GOOGLE_DOMAINS = ["gmail.com", "googlemail.com"];

/** What two addresses of one mailbox have in common. Undefined for what is no address. */
export const toAddressKey = (address: string): string | undefined => {
  const [, local, domain] = /^([^\s@]{1,64})@([^\s@]{1,255})$/u.exec(address.normalize("NFC").trim()) ?? [];
  const ascii = domain && domainToASCII(domain.toLowerCase());
  if (!local || !ascii) return undefined;
  const name = local.toLowerCase();
  if (!GOOGLE_DOMAINS.includes(ascii)) return `${name}@${ascii}`;
  const plain = name.replace(/\+.*$/s, "").replaceAll(".", "");
  return plain && `${plain}@gmail.com`;
};
