import { createHash } from "node:crypto";

/** A person whom the user can choose to be. */
export type Person = { email: string; name: string; isVerified: boolean };

/** The people who are always offered. One has an unverified address, as a Google account can. */
export const PEOPLE: readonly Person[] = [
  { email: "ada@example.com", name: "Ada Chen", isVerified: true },
  { email: "ben@example.com", name: "Ben Lin", isVerified: true },
  { email: "mei@example.com", name: "陳美玲", isVerified: true },
  { email: "unverified@example.com", name: "Uma Unverified", isVerified: false },
];

const MAX_EMAIL_LENGTH = 254;
const MAX_NAME_LENGTH = 100;

const chosen = new Map(PEOPLE.map((person) => [toSubject(person.email), person]));

/** The person with the typed e-mail and name. Undefined when the e-mail is invalid. */
export const toPerson = (typedEmail: string, typedName: string): Person | undefined => {
  const email = typedEmail.trim().toLowerCase();
  if (email.length > MAX_EMAIL_LENGTH || !/^[^\s@<>"]+@[^\s@<>"]+$/.test(email)) return undefined;
  const known = PEOPLE.find((person) => person.email === email);
  const name = typedName
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, MAX_NAME_LENGTH);
  return { email, name: name || known?.name || email.replace(/@.*/, ""), isVerified: known?.isVerified ?? true };
};

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
