import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { z } from "zod";
import { toServerError } from "#lib/networks/bluesky/to-server-error";
import { NetworkError } from "#lib/networks/network-error";
import { toNetworkError } from "#lib/networks/to-network-error";
import { tokenSchema } from "#lib/networks/token-schema";
import { fetchOutside, type OutsideAnswer, type OutsideOptions } from "#lib/outbound/fetch-outside";
import { readJson } from "#lib/outbound/read-body";
import { say } from "#lib/problems/problem";

const UPLOAD_LIMITS = { timeoutMilliseconds: 600_000, idleMilliseconds: 60_000 };

/** One call of the protocol, XRPC. */
export type Call = {
  server: string;
  /** Its name, for example `com.atproto.repo.putRecord`. */
  method: string;
  token?: string | undefined;
  query?: Record<string, string>;
  /** Present, even if empty, where something is changed. */
  input?: Record<string, unknown>;
  upload?: { type: string; bytes: number | undefined; body: Readable };
  /** It cannot be undone, so that a failure on the way leaves open what became of it. */
  isFinal?: boolean;
  signal?: AbortSignal;
};

/** Calls a server and reads its answer. Throws `ServerError` when it says no and `NetworkError` when nobody says anything. */
export const callServer = async <Answer>(call: Call, schema: z.ZodType<Answer>): Promise<Answer> =>
  (await askServer(call, schema)).answer;

/** The same, with the headers that the answer came with. */
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
    // Kept from before tokens were looked at. The app password makes a new one.
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
