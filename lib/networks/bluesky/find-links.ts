import { findAddressEnd } from "#lib/networks/bluesky/find-address-end";
import { findHostEnd } from "#lib/networks/bluesky/find-host-end";
import { isDomain } from "#lib/networks/bluesky/is-domain";
import type { Mark } from "#lib/networks/bluesky/mark";
import { UNSPACED } from "#lib/networks/bluesky/unspaced";

const SCHEME = /(?<![a-z0-9])https?:\/\//giu;
const LABEL = String.raw`[\p{sc=Latin}0-9](?:[\p{sc=Latin}0-9\-]{0,61}[\p{sc=Latin}0-9])?`;
const DOMAIN = new RegExp(
  String.raw`(?<![[\p{L}\p{N}\p{M}_@＠#＃$.\/\\:=&+~%\-]--[${UNSPACED}]])(?:${LABEL}\.)+[a-z]{2,24}(?![[\p{L}\p{N}\p{M}_@＠\(]--[${UNSPACED}]])(?![.\-][\p{sc=Latin}0-9])`,
  "giv",
);
const PORT = /:\d{1,5}(?!\d)/y;
// What the network's own schema takes for an address.
const ADDRESS = /^\w+:(?:\/\/)?[^\s/][^\s]*$/;

/** Finds the addresses of a text: with their scheme, or by their domain alone. */
export const findLinks = (text: string): Mark[] => {
  const links: Mark[] = [];
  const add = (start: number, hostEnd: number, prefix: string) => {
    const end = findEnd(text, start, hostEnd);
    const value = prefix + text.slice(start, end);
    if (ADDRESS.test(value) && URL.canParse(value)) links.push({ kind: "link", value, start, end });
  };
  for (const { 0: scheme, index } of text.matchAll(SCHEME)) {
    if (index < (links.at(-1)?.end ?? 0)) continue;
    const hostEnd = findHostEnd(text, index + scheme.length);
    if (hostEnd !== undefined) add(index, hostEnd, "");
  }
  for (const { 0: domain, index } of text.matchAll(DOMAIN)) {
    const end = index + domain.length;
    if (isDomain(domain, text.charAt(end) === "/")) add(index, end, "https://");
  }
  return links;
};

function findEnd(text: string, start: number, hostEnd: number): number {
  PORT.lastIndex = hostEnd;
  const portEnd = hostEnd + (PORT.exec(text)?.[0].length ?? 0);
  return /[/?#]/.test(text.charAt(portEnd)) ? findAddressEnd(text, start, portEnd) : portEnd;
}
