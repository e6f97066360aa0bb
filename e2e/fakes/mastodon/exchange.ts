import type { IncomingHttpHeaders } from "node:http";
import type { State } from "./state.ts";

/** One request as the routes see it. */
export type Exchange = {
  state: State;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** What the path's pattern has found, for example an id. */
  found: string;
};

export type Reply = { status: number; headers?: Record<string, string>; body: unknown };

export type Route = { method: string; path: RegExp; answer(exchange: Exchange): Reply | Promise<Reply> };

/** Ends a request with an error. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The members of a body, be it JSON or a form. */
export const readMembers = ({ headers, body }: Exchange): Record<string, unknown> => {
  if (headers["content-type"]?.startsWith("application/json")) return JSON.parse(body.toString());
  return Object.fromEntries(new URLSearchParams(body.toString()));
};

/** Whose token a request carries. Throws unless it is known and may do this. */
export const requireUser = ({ state, headers }: Exchange, scope: string): string => {
  const token = headers.authorization?.match(/^Bearer (.+)$/)?.[1] ?? "";
  const known = state.tokens.get(token);
  const { badTokenStatus } = state.settings;
  if (!known && badTokenStatus === 422) throw new Refusal(422, "This method requires an authenticated user");
  if (!known) throw new Refusal(badTokenStatus, "The access token is invalid");
  const isAllowed = known.scopes.some((held) => held === scope || held === scope.split(":")[0]);
  if (!isAllowed) throw new Refusal(403, "This action is outside the authorized scopes");
  return known.username;
};
