import type { IncomingHttpHeaders } from "node:http";
import type { Grant, State } from "#lib/testing/linkedin/state";

/** One request as the routes see it. */
export type Exchange = {
  state: State;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** What the path's pattern has found, decoded. */
  found: string;
};

export type Reply = { status: number; headers?: Record<string, string>; body?: unknown };
export type Route = { method: string; path: RegExp; answer(exchange: Exchange): Reply };

/** Ends a request with an error in the form of LinkedIn's API. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(status: number, code: string, message: string, more: object = {}) {
    super(message);
    this.reply = { status, body: { status, code, message, ...more } };
  }
}

const BAD_TOKEN: Record<"unknown" | "expired", [string, string]> = {
  unknown: ["REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked by the user"],
  expired: ["EXPIRED_ACCESS_TOKEN", "The token used in the request has expired"],
};

/** Whose token a request carries. Throws unless it is alive and may do this. */
export const requireGrant = ({ state, headers }: Exchange, scope: string): Grant => {
  const grant = state.tokens.get(headers.authorization?.match(/^Bearer (.+)$/)?.[1] ?? "");
  if (!grant) throw new Refusal(401, ...BAD_TOKEN.unknown);
  if (grant.expiresAt <= Date.now()) throw new Refusal(401, ...BAD_TOKEN.expired);
  if (!grant.scopes.includes(scope)) {
    throw new Refusal(403, "ACCESS_DENIED", "Not enough permissions to access this resource");
  }
  return grant;
};

/** Throws unless a request names a version that is alive, and the protocol. */
export const requireVersion = ({ state, headers }: Exchange): void => {
  const version = headers["linkedin-version"]?.toString() ?? "";
  if (!state.settings.versions.includes(version)) {
    throw new Refusal(426, "NONEXISTENT_VERSION", `Requested version ${version} is not active`);
  }
  if (headers["x-restli-protocol-version"] !== "2.0.0") {
    throw new Refusal(400, "ILLEGAL_ARGUMENT", "X-Restli-Protocol-Version must be 2.0.0");
  }
};

/** The members of a JSON body. Throws unless there are all of these and no other. */
export const readMembers = (given: unknown, required: string[], optional: string[] = []): Record<string, unknown> => {
  const members = typeof given === "object" && given !== null ? (given as Record<string, unknown>) : {};
  const missing = required.find((name) => members[name] === undefined);
  if (missing) throw new Refusal(422, "MISSING_FIELD", `ERROR :: /${missing} :: field is required but not found`);
  const unknown = Object.keys(members).find((name) => !required.includes(name) && !optional.includes(name));
  if (unknown) throw new Refusal(422, "UNRECOGNIZED_FIELD", `ERROR :: /${unknown} :: unrecognized field found`);
  return members;
};

/** The body of a request as JSON. */
export const readBody = ({ body, headers }: Exchange): unknown => {
  if (!headers["content-type"]?.startsWith("application/json")) {
    throw new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type must be application/json");
  }
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Refusal(400, "ILLEGAL_ARGUMENT", "Invalid body");
  }
};
