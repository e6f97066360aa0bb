import type { IncomingHttpHeaders } from "node:http";
import type { State } from "#lib/testing/mastodon/state";

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

/** The members of a body, be it JSON or a form, in which a name that ends in `[]` stands for one of several. */
export const readMembers = async ({ headers, body }: Exchange): Promise<Record<string, unknown>> => {
  const type = headers["content-type"] ?? "";
  if (type.startsWith("application/json")) return JSON.parse(body.toString());
  const form = type.startsWith("multipart/form-data") ? await readForm(headers, body) : toFields(body);
  const members: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (name.endsWith("[]")) members[name.slice(0, -2)] = [...[members[name.slice(0, -2)] ?? []].flat(), value];
    else members[name] = value;
  }
  return members;
};

/** A form with files. */
export const readForm = async (headers: IncomingHttpHeaders, body: Buffer): Promise<FormData> =>
  new Response(new Uint8Array(body), { headers: { "content-type": headers["content-type"] ?? "" } }).formData();

function toFields(body: Buffer): URLSearchParams {
  return new URLSearchParams(body.toString());
}

/** The name of the program whose token a request carries. */
export const requireApplication = ({ state, headers }: Exchange): string => {
  const token = headers.authorization?.match(/^Bearer (.+)$/)?.[1] ?? "";
  return state.apps.get(state.tokens.get(token)?.clientId ?? "")?.name ?? "Boring Console";
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
