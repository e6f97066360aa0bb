import { type Answer, expectDocumented } from "#lib/testing/console/expect-documented";

export type Ask = { method?: string; headers?: Record<string, string>; json?: unknown; body?: string | Uint8Array };

/** Asks the server and holds every answer against its published OpenAPI document. */
export const ask = async (
  url: string,
  path: string,
  { method, headers = {}, json, body }: Ask = {},
): Promise<Answer> => {
  const hasJson = json !== undefined;
  const response = await fetch(url + path, {
    method: method ?? (hasJson || body !== undefined ? "POST" : "GET"),
    headers: { ...(hasJson && { "Content-Type": "application/json" }), ...headers },
    ...(hasJson ? { body: JSON.stringify(json) } : body !== undefined && { body: body as BodyInit }),
    redirect: "manual",
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") && text !== "";
  const answer = { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} };
  await expectDocumented(url, method ?? (hasJson || body !== undefined ? "POST" : "GET"), path, answer);
  return answer;
};

/** A key that is well formed and that nobody has. */
export const UNKNOWN_KEY = "boring_0123456789ABCDEFGHIJabcdefghij3dpHPp";

/** Presents a key the way the console's samples do. */
export const withKey = (key: string): Record<string, string> => ({ "boring-api-key": key });

/** Presents a key in the Authorization header. */
export const withAuthorization = (key: string): Record<string, string> => ({ Authorization: `Api-Key ${key}` });

/** Makes a request with the key and returns the status: 200 when the key is accepted. */
export const tryKey = async (url: string, key: string): Promise<number> =>
  (await ask(url, "/v2/me", { headers: withKey(key) })).status;
