import type { IncomingHttpHeaders } from "node:http";
import { ApiError } from "#lib/errors";
import { type Problem, say } from "#lib/problems/problem";

/** What the front door looks at before anything else does. */
export type RequestHead = {
  method?: string | undefined;
  url?: string | undefined;
  httpVersion: string;
  headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came. */
  rawHeaders: string[];
};

export const MAX_BODY_BYTES = 1024 * 1024;

/** What is answered somewhere. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

const IDEMPOTENCY_KEY = "idempotency-key";

/** The reason to refuse a request from its head alone, for every address alike; undefined when there is none. */
export const checkRequest = (head: RequestHead): ApiError | undefined => {
  const { method = "", url = "", httpVersion, headers } = head;
  if (!METHODS.includes(method)) return methodNotAllowed(METHODS);
  const fault = isForServer(head) ? undefined : checkTarget(url);
  return fault ?? checkHost(headers.host, httpVersion) ?? checkBodyHeaders(headers) ?? checkIdempotencyKey(head);
};

/** Whether a request asks what the server as a whole can do (RFC 9110 §9.3.7). */
export const isForServer = ({ method, url }: Pick<RequestHead, "method" | "url">): boolean =>
  method === "OPTIONS" && url === "*";

/** A 405 that tells what is answered instead. */
export const methodNotAllowed = (methods: readonly string[]): ApiError => {
  const allow = methods.join(", ");
  return new ApiError("MethodNotAllowed", say("method_other", { methods: allow }), { headers: { Allow: allow } });
};

/** A 413 that tells the limit. */
export const bodyTooLarge = (): ApiError =>
  new ApiError("PayloadTooLarge", say("body_large", { most: MAX_BODY_BYTES }));

function checkTarget(url: string): ApiError | undefined {
  if (!url.startsWith("/") || !/^[\x21-\x7e]+$/.test(url) || url.includes("#")) {
    return invalid(say("target_form"));
  }
  const end = url.indexOf("?");
  const path = end === -1 ? url : url.slice(0, end);
  const decoded = path.includes("%") ? decode(path) : path;
  if (decoded === undefined) return invalid(say("path_percent"));
  // Each of these is read in one way here and in another further in, which is how checks are walked around.
  if (/\/\/|\\|\p{Cc}|\/\.\.?(?:\/|$)/u.test(decoded)) {
    return invalid(say("path_segments"));
  }
  return undefined;
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** The reason to refuse a Host header, or that there is none. */
export const checkHost = (host: string | undefined, httpVersion: string): ApiError | undefined => {
  if (host === undefined && httpVersion !== "1.1") return undefined;
  return host && !/[\s,/@?#\\]/.test(host) ? undefined : invalid(say("host_single"));
};

function checkBodyHeaders(headers: IncomingHttpHeaders): ApiError | undefined {
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== "100-continue") {
    return invalid(say("expect_other"));
  }
  const encoding = headers["content-encoding"];
  const transfer = headers["transfer-encoding"];
  const isEncoded = encoding !== undefined && encoding.toLowerCase() !== "identity";
  if (isEncoded || (transfer !== undefined && transfer.toLowerCase() !== "chunked")) {
    return new ApiError("UnsupportedMediaType", say("body_compressed"));
  }
  return Number(headers["content-length"] ?? 0) > MAX_BODY_BYTES ? bodyTooLarge() : undefined;
}

// Joined, two of them would be a third that the next try does not repeat.
function checkIdempotencyKey({ headers, rawHeaders }: RequestHead): ApiError | undefined {
  if (!headers[IDEMPOTENCY_KEY]?.includes(",")) return undefined;
  const given = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === IDEMPOTENCY_KEY,
  );
  if (given.length < 2) return undefined;
  const problem = say("header_repeated");
  return new ApiError("InvalidRequest", problem, {
    at: "Idempotency-Key",
    fields: { "Idempotency-Key": [problem] },
  });
}

function invalid(problem: Problem): ApiError {
  return new ApiError("InvalidRequest", problem);
}
