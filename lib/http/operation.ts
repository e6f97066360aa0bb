import type { z } from "zod";
import type { Scope } from "#lib/keys/schema";
import type { AttemptLimit } from "#lib/limits/consume-attempt";

/**
 * What one method on one path takes and answers. The same value parses requests, checks answers and
 * writes the OpenAPI document, so that the three cannot differ.
 */
export type Operation<Body = unknown, Query = unknown, Answer = unknown> = {
  id: string;
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** As in OpenAPI: `/v2/posts/{postId}`. */
  path: string;
  summary: string;
  /** What an API key must be allowed to do for it; absent: any key will do. */
  scope?: Scope;
  /** Whether it takes neither key nor session. */
  isOpen?: boolean;
  /** How often one address may call an open operation. */
  limit?: AttemptLimit;
  /** Parameters by their names; absent: there are none. A request that has others, or one twice, is refused. */
  query?: z.ZodType<Query> & Pick<z.ZodObject, "shape">;
  body?: z.ZodType<Body>;
  /** Whether a request without a body, whatever its headers say, means one without members. */
  isBodyOptional?: boolean;
  /** How many values a body may hold, where it is not as many as usual. */
  maxValues?: number;
  /** Looks at the body's bytes before anything reads them, and throws when they are not from whom they say. */
  inspectBytes?: (bytes: Uint8Array, headers: Headers) => Promise<void>;
  /** Looks at the body as it came, before the schema does, and throws what the schema could not say as well. */
  inspectBody?: (body: unknown) => void;
  /** Whether `Idempotency-Key` is honoured. */
  isIdempotent?: boolean;
  /** Whether it waits for a network as `Prefer` says. */
  isWaiting?: boolean;
  /** Whether doing it twice is as good as doing it once. */
  isRepeatable?: boolean;
  /** Where what it does is seen, if not in the list that its path begins with. */
  shownAt?: string;
  /** JSON unless another media type is named; then the body is text. */
  answer: { status: 200 | 201 | 202; description: string; mediaType?: "text/csv"; schema: z.ZodType<Answer> };
  /** The page from which people open its address themselves, for example to download something. */
  page?: string;
  /** Statuses of errors, beside those that every operation of its kind can answer. */
  errors: readonly (401 | 404 | 409 | 429 | 502)[];
};

/** What a handler is given, once everything in it has been checked. */
export type Call<Body, Query> = {
  body: Body;
  query: Query;
  params: Record<string, string | undefined>;
  idempotencyKey: string | undefined;
  request: Request;
};

/** What a handler answers; the wrapper adds the status of the operation and turns it into a `Response`. */
export type Reply<Answer> = { body: Answer; headers?: Record<string, string> };

/** The signature of Next's route handlers and of the fast lane. */
export type RouteHandler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;

/** Keeps the types of an operation's schemas. */
export const defineOperation = <Body = undefined, Query = undefined, Answer = unknown>(
  operation: Operation<Body, Query, Answer>,
): Operation<Body, Query, Answer> => operation;
