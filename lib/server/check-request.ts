import type { IncomingHttpHeaders } from "node:http";
import { ApiError } from "#lib/errors";
import { type Problem, say } from "#lib/problems/problem";

/** What the front door looks at before anything else does. */
export type RequestHead = {
  method?: string | undefined;
  url?: string | undefined;
  httpVersion: string;
  headers: IncomingHttpHeaders;
};

export const MAX_BODY_BYTES = 1024 * 1024;

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** The reason to refuse a request from its head alone, for every address alike; undefined when there is none. */
export const checkRequest = ({ method = "", url = "", httpVersion, headers }: RequestHead): ApiError | undefined => {
  if (!METHODS.includes(method)) return methodNotAllowed(METHODS);
  return checkTarget(url) ?? checkHost(headers.host, httpVersion) ?? checkBodyHeaders(headers);
};

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

function invalid(problem: Problem): ApiError {
  return new ApiError("InvalidRequest", problem);
}
