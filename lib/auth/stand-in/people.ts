import { createHash } from "node:crypto";

/** A person whom the user can choose to be. `domain` is what Google sends as `hd` for an account that a
 * company manages. */
export type Person = { email: string; name: string; domain: string | undefined; isVerified: boolean };

/** The people who are always offered. One has an unverified address, as a Google account can. */
export const PEOPLE: readonly Person[] = [
  { email: "ada@example.com", name: "Ada Chen", domain: "example.com", isVerified: true },
  { email: "ben@example.com", name: "Ben Lin", domain: "example.com", isVerified: true },
  { email: "mei@example.com", name: "陳美玲", domain: "example.com", isVerified: true },
  { email: "unverified@example.com", name: "Uma Unverified", domain: undefined, isVerified: false },
];

const MAX_EMAIL_LENGTH = 254;
const MAX_LINE_LENGTH = 100;

const chosen = new Map(PEOPLE.map((person) => [toSubject(person.email), person]));

/** What one types about a person. */
export type Typed = { email: string; name: string; domain: string };

/** The person with the typed e-mail, name and domain. Undefined when the e-mail is invalid. */
export const toPerson = (typed: Typed): Person | undefined => {
  const email = typed.email.trim().toLowerCase();
  if (email.length > MAX_EMAIL_LENGTH || !/^[^\s@<>"]+@[^\s@<>"]+$/.test(email)) return undefined;
  const known = PEOPLE.find((person) => person.email === email);
  return {
    email,
    name: toLine(typed.name) || known?.name || email.replace(/@.*/, ""),
    domain: toLine(typed.domain) || known?.domain,
    isVerified: known?.isVerified ?? true,
  };
};

function toLine(typed: string): string {
  return typed
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, MAX_LINE_LENGTH);
}

/** Remembers the person while this process runs. Returns their subject, which is always the same for an e-mail. */
export const rememberPerson = (person: Person): string => {
  const subject = toSubject(person.email);
  chosen.set(subject, person);
  return subject;
};

/** The person to whom `rememberPerson` gave this subject. */
export const findPerson = (subject: string): Person | undefined => chosen.get(subject);

function toSubject(email: string): string {
  return createHash("sha256").update(`stand-in ${email}`).digest("hex").slice(0, 32);
}

/** The same on every installation and port: issuer and subject identify the user, who must survive a change of port. */
export const STAND_IN_ISSUER = "http://localhost/stand-in";

export const STAND_IN_CLIENT_ID = "boring-console";

/**
 * The stand-in's origin. Cookies are bound to hosts but not to ports, so the stand-in uses the loopback name that the
 * console does not use, and neither sees the other's cookies.
 */
export const standInOrigin = (port: number, publicUrl: string): string =>
  `http://${new URL(publicUrl).hostname === "127.0.0.1" ? "localhost" : "127.0.0.1"}:${port}`;
