import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import { z } from "zod";
import { type ConnectedAccount, tokenSchema } from "#lib/networks/connector";
import { NetworkError, type NetworkErrorReason, readPause, toNetworkError } from "#lib/networks/network-error";
import { fetchOutside, type OutsideAnswer, type OutsideOptions } from "#lib/outbound/fetch-outside";
import { OutboundError } from "#lib/outbound/outbound-error";
import { readJson } from "#lib/outbound/read-body";
import { toTarget } from "#lib/outbound/to-target";
import { withoutInvisible } from "#lib/pasted/schema";
import { type Problem, say } from "#lib/problems/problem";

const UPLOAD_LIMITS = { timeoutMilliseconds: 600_000, idleMilliseconds: 60_000 };

/** A call of the XRPC protocol. */
export type Call = {
  server: string;
  /** The method, for example `com.atproto.repo.putRecord`. */
  method: string;
  token?: string | undefined;
  query?: Record<string, string>;
  /** Required, even if empty, for calls that change something. */
  input?: Record<string, unknown>;
  upload?: { type: string; bytes: number | undefined; body: Readable };
  /** Whether the call is irreversible, so that a failure leaves its outcome unknown. */
  isFinal?: boolean;
  signal?: AbortSignal;
};

/**
 * Calls a server and parses its answer. Throws `ServerError` when it refuses, and `NetworkError` when there is no answer.
 */
export const callServer = async <Answer>(call: Call, schema: z.ZodType<Answer>): Promise<Answer> =>
  (await askServer(call, schema)).answer;

/** Like `callServer`, and also returns the response headers. */
export const askServer = async <Answer>(
  call: Call,
  schema: z.ZodType<Answer>,
): Promise<{ answer: Answer; headers: IncomingHttpHeaders }> => {
  const { isFinal = false } = call;
  const { status, headers, body } = await send(call).catch((thrown) => {
    throw toFailure(thrown, isFinal);
  });
  if (status !== 200) throw toServerError({ status, headers, body }, isFinal);
  const parsed = schema.safeParse(body);
  if (parsed.success) return { answer: parsed.data, headers };
  const host = new URL(call.server).host;
  throw new NetworkError(isFinal ? "uncertain" : "unavailable", say("bluesky_other_kind", { host }));
};

async function send(call: Call): Promise<Pick<OutsideAnswer, "status" | "headers"> & { body: unknown }> {
  const url = new URL(`/xrpc/${call.method}`, call.server);
  url.search = new URLSearchParams(call.query).toString();
  const { status, headers, body } = await fetchOutside(url.href, toOptions(call));
  return { status, headers, body: await readJson(body) };
}

function toOptions({ token, input, upload, signal }: Call): OutsideOptions {
  const headers: Record<string, string> = {};
  if (token !== undefined && !tokenSchema.safeParse(token).success) {
    // Stored before tokens were validated. The app password creates a new one.
    throw new NetworkError("expired", say("bluesky_session_old"));
  }
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  if (upload) {
    headers["content-type"] = upload.type;
    if (upload.bytes !== undefined) headers["content-length"] = String(upload.bytes);
    return { method: "POST", headers, body: upload.body, ...UPLOAD_LIMITS };
  }
  if (!input) return { headers, ...(signal && { signal }) };
  if (Object.keys(input).length === 0) return { method: "POST", headers };
  headers["content-type"] = "application/json";
  return { method: "POST", headers, body: JSON.stringify(input) };
}

function toFailure(thrown: unknown, isFinal: boolean): NetworkError {
  const failure = toNetworkError(thrown);
  if (failure.reason !== "uncertain" || isFinal) return failure;
  return new NetworkError("unavailable", failure.problem, { cause: thrown });
}

/** The address of the account's server. Throws if none was stored, which `connect` always does. */
export const ownServer = ({ accountId, serverUrl }: ConnectedAccount): string => {
  if (serverUrl === null) throw new Error(`Account ${accountId} has no server.`);
  return serverUrl;
};

/**
 * The origin of a server that may receive an app password: https://, or a host that the operator allows. Throws
 * `OutboundError`.
 */
export const toServerUrl = (address: string): string => {
  const trimmed = withoutInvisible(address);
  const { url, isSecure, isTrusted } = toTarget(trimmed.includes("://") ? trimmed : `https://${trimmed}`);
  if (!isSecure && !isTrusted) throw new OutboundError("InvalidUrl", say("bluesky_insecure"));
  return url.origin;
};

type Refusal = { status: number; code: string | undefined; retryAt: Date | undefined };

/** A server answered with an error. `code` is the protocol's name for it, if there was one. */
export class ServerError extends NetworkError {
  readonly status: number;
  readonly code: string | undefined;

  constructor(reason: NetworkErrorReason, problem: Problem, { status, code, retryAt }: Refusal) {
    super(reason, problem, { retryAt });
    this.status = status;
    this.code = code;
  }
}

const CODES = new Map<string | undefined, NetworkErrorReason>([
  ["ExpiredToken", "expired"],
  ["InvalidToken", "expired"],
  ["AuthenticationRequired", "revoked"],
  ["AuthFactorTokenRequired", "revoked"],
  ["AccountDeactivated", "revoked"],
  ["AccountSuspended", "revoked"],
  ["AccountTakedown", "revoked"],
  ["AccountNotFound", "revoked"],
]);
const REVOKED = say("bluesky_revoked");
const WALLED = say("bluesky_walled");
const PROBLEMS: Record<Exclude<NetworkErrorReason, "refused">, Problem> = {
  rate_limited: say("bluesky_busy"),
  unavailable: say("bluesky_unavailable"),
  uncertain: say("bluesky_uncertain"),
  expired: say("bluesky_session_old"),
  revoked: REVOKED,
};

const errorSchema = z.object({ error: z.string(), message: z.string().optional() }).partial();

type FailedAnswer = { status: number; headers: IncomingHttpHeaders; body: unknown };

/** Converts a failed answer to an error. `isFinal` says whether the call was irreversible. */
export const toServerError = ({ status, headers, body }: FailedAnswer, isFinal: boolean): ServerError => {
  const { error: code, message } = errorSchema.safeParse(body).data ?? {};
  const reason = toReason(status, code, isFinal);
  return new ServerError(reason, toProblem(status, reason, code, message ?? code ?? `status ${status}`), {
    status,
    code,
    retryAt: readPause({ status, headers }, "ratelimit-reset"),
  });
};

function toReason(status: number, code: string | undefined, isFinal: boolean): NetworkErrorReason {
  if (status === 429) return "rate_limited";
  if (status === 408 || status >= 500 || status < 400) return isFinal ? "uncertain" : "unavailable";
  // Bot protection, gateways and captive portals answer with HTML pages or JSON of their own.
  if (code === undefined && status !== 413) return "unavailable";
  return CODES.get(code) ?? (status === 401 ? "expired" : "refused");
}

function toProblem(status: number, reason: NetworkErrorReason, code: string | undefined, said: string): Problem {
  if (reason === "refused") return say("bluesky_refused", { said: said.replace(/[\p{Cc}\p{Cf}]/gu, "").slice(0, 300) });
  if (reason === "unavailable" && code === undefined && status < 500) return WALLED;
  return code?.startsWith("Account") ? say("bluesky_account_gone") : PROBLEMS[reason];
}
