import { domainToASCII } from "node:url";

const MAX_LOCAL_LENGTH = 64;
const MAX_ADDRESS_LENGTH = 254;

// Google delivers both to one mailbox, whatever dots its name has and whatever follows a plus sign.
const GMAIL_DOMAINS = ["gmail.com", "googlemail.com"];

/**
 * The form in which two spellings of one e-mail address are equal. It is only for comparing, never for sending. Undefined
 * when the text is not an address.
 */
export const toAddressKey = (address: string): string | undefined => {
  const [local = "", domainText = "", ...more] = fold(address).split("@");
  const domain = toDomainKey(domainText);
  if (domain === undefined || more.length > 0 || !isLocalPart(local)) return undefined;
  const key = GMAIL_DOMAINS.includes(domain) ? toGmailKey(local) : `${local}@${domain}`;
  return key && key.length <= MAX_ADDRESS_LENGTH ? key : undefined;
};

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const DOMAIN = new RegExp(String.raw`^(?=.{1,253}$)(?:${LABEL}\.)+(?!\d+$)${LABEL}$`);

/** The form in which two spellings of one domain are equal: lower case and ASCII. Undefined when the text is not a domain. */
export const toDomainKey = (domain: string): string | undefined => {
  // `domainToASCII` reads a host as it stands in a URL: it would undo percent-encoding and cut off a path.
  if (/[\p{Cc}\p{Z}%/\\?#:@[\]]/u.test(domain)) return undefined;
  const ascii = domainToASCII(fold(domain));
  return DOMAIN.test(ascii) ? ascii : undefined;
};

// Lower case can take a text out of its composed form.
function fold(text: string): string {
  return text.normalize("NFC").toLowerCase().normalize("NFC");
}

function isLocalPart(local: string): boolean {
  return local !== "" && local.length <= MAX_LOCAL_LENGTH && !/[\p{Cc}\p{Cf}\p{Z}<>()[\]\\,;:"]/u.test(local);
}

function toGmailKey(local: string): string | undefined {
  const mailbox = local.replace(/\+.*/s, "").replaceAll(".", "");
  return mailbox ? `${mailbox}@gmail.com` : undefined;
}
