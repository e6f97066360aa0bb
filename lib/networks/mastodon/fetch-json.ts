import type { IncomingHttpHeaders } from "node:http";
import { fetchOutside, type OutsideOptions } from "#lib/outbound/fetch-outside";
import { readJson } from "#lib/outbound/read-body";

// A page of statuses can be long.
const MAX_BYTES = 4_194_304;

/** What a server answered, whatever its status. `json` is undefined when it is not JSON. */
export type Answer = { status: number; headers: IncomingHttpHeaders; url: string; json: unknown };

/** What is sent along, as a form or as JSON. */
export type Content = { form?: Record<string, string>; json?: unknown };

/** Asks a server. Throws `OutboundError`. */
export const fetchJson = async (address: string, options: OutsideOptions & Content = {}): Promise<Answer> => {
  const { form, json, headers, ...others } = options;
  const content = toContent({ form, json });
  const { body, ...answer } = await fetchOutside(address, {
    maxBytes: MAX_BYTES,
    ...others,
    ...(content && { body: content.body }),
    headers: { Accept: "application/json", ...(content && { "Content-Type": content.type }), ...headers },
  });
  return { ...answer, json: await readJson(body) };
};

function toContent({ form, json }: Content): { type: string; body: string } | undefined {
  if (form) return { type: "application/x-www-form-urlencoded", body: new URLSearchParams(form).toString() };
  return json === undefined ? undefined : { type: "application/json", body: JSON.stringify(json) };
}
