import { localeHeader } from "#components/console/locale-header";

/** Why a call failed: the session has ended, no answer arrived, or the server refused and gave its reason. */
export type Problem =
  | { kind: "session" }
  | { kind: "network" }
  | { kind: "refused"; status: number; message: string | undefined; fields: Record<string, string[]> };

export type Answer<Data> = { data: Data; problem?: never } | { problem: Problem; data?: never };

type Call = { body?: unknown; idempotencyKey?: string };

const PATIENCE_MILLISECONDS = 30_000;

/** Calls the console's own API. Never throws: the answer contains the problem. */
export const callApi = async <Data>(
  method: string,
  path: string,
  { body, idempotencyKey }: Call = {},
): Promise<Answer<Data>> => {
  try {
    const response = await fetch(path, {
      method,
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
      headers: {
        ...localeHeader(),
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(idempotencyKey && { "Idempotency-Key": idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (response.status === 401) return { problem: { kind: "session" } };
    if (response.ok) return { data: (await response.json()) as Data };
    return { problem: { kind: "refused", status: response.status, ...(await readError(response)) } };
  } catch {
    return { problem: { kind: "network" } };
  }
};

async function readError(response: Response) {
  const error: { message?: string; fields?: Record<string, string[]> } = await response.json().catch(() => ({}));
  return { message: error.message, fields: error.fields ?? {} };
}
