import type { z } from "zod";
import type { RequestHeaders, RouteRequest } from "#lib/http/route";
import type { Scope } from "#lib/keys/shape";
import type { AttemptLimit } from "#lib/limits/consume-attempt";
import type { Act } from "#lib/organizations/acts";

/**
 * What one method on one path accepts and answers. The same value parses requests, checks answers and generates the OpenAPI
 * document, so the three cannot differ.
 */
export type Operation<Body = unknown, Query = unknown, Answer = unknown> = {
  id: string;
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** In OpenAPI notation: `/v2/posts/{postId}`. */
  path: string;
  summary: string;
  /** The scope that an API key needs. Absent: any key will do. */
  scope?: Scope;
  /** What a member does with it in an organization. Absent: it is not about one, or is called with a key. */
  act?: Act;
  /** Whether it needs neither a key nor a session. */
  isOpen?: boolean;
  /** How often one address may call an open operation. */
  limit?: AttemptLimit;
  /** Query parameters by name. Absent: none. Unknown and repeated parameters are refused. */
  query?: z.ZodType<Query> & Pick<z.ZodObject, "shape">;
  body?: z.ZodType<Body>;
  /** Whether a request without a body, whatever its headers say, counts as an empty object. */
  isBodyOptional?: boolean;
  /** The most values that a body may hold, when it differs from the default. */
  maxValues?: number;
  /** Checks the body's bytes before they are parsed. Throws when they do not come from the claimed sender. */
  inspectBytes?: (bytes: Uint8Array, headers: RequestHeaders) => Promise<void>;
  /** Checks the parsed body before the schema does. Throws errors that the schema could not describe as well. */
  inspectBody?: (body: unknown) => void;
  /** Whether `Idempotency-Key` is honoured. */
  isIdempotent?: boolean;
  /** Whether it waits for a network as `Prefer` asks. */
  isWaiting?: boolean;
  /** Whether repeating it has no further effect. */
  isRepeatable?: boolean;
  /** The page that shows its result, if not the list that its path begins with. */
  shownAt?: string;
  /** JSON unless another media type is named. With a media type, the body is text. */
  answer: {
    status: 200 | 201 | 202;
    description: string;
    /** What 200 with the same body means, when it is a second possible answer. */
    otherwise200?: string;
    mediaType?: "text/csv";
    schema: z.ZodType<Answer>;
  };
  /** The page from which people open this address directly, for example to download a file. */
  page?: string;
  /** Error statuses beyond those that every operation of its kind can answer with. */
  errors: readonly (401 | 404 | 409 | 429 | 502)[];
};

/** An operation of the console about an organization. */
export type MemberOperation<Body = unknown, Query = unknown, Answer = unknown> = Operation<Body, Query, Answer> & {
  act: Act;
};

/** What a handler receives, after everything in it has been checked. */
export type Call<Body, Query> = {
  body: Body;
  query: Query;
  params: Record<string, string | undefined>;
  idempotencyKey: string | undefined;
  request: RouteRequest;
};

/** What a handler returns. The wrapper adds the operation's status unless one is given, and turns it into an answer. */
export type Reply<Answer> = { body: Answer; headers?: Record<string, string>; status?: 200 };

/** Infers the types of an operation's schemas. */
export const defineOperation = <Body = undefined, Query = undefined, Answer = unknown>(
  operation: Operation<Body, Query, Answer>,
): Operation<Body, Query, Answer> => operation;

/** The same for an operation about an organization. */
export const defineMemberOperation = <Body = undefined, Query = undefined, Answer = unknown>(
  operation: MemberOperation<Body, Query, Answer>,
): MemberOperation<Body, Query, Answer> => operation;
