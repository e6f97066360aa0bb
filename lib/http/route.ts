/** The headers of a request, by their names in any case. A `Headers` is one. */
export type RequestHeaders = Pick<Headers, "get" | "has">;

/** A request as routes read it, its address under the public origin. A `Request` is one. */
export type RouteRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: RequestHeaders;
  /** The body, which the front door has limited. Empty where there is none. */
  bytes(): Promise<Uint8Array>;
};

/** An answer of a route. The front door adds the security headers and the length. */
export type RouteAnswer = {
  status: number;
  headers: Iterable<[name: string, value: string]>;
  /** Null: no body. */
  content: string | null;
};

/** Answers a request, whatever it holds. */
export type RouteHandler = (request: RouteRequest, context: { params: Record<string, string> }) => Promise<RouteAnswer>;
