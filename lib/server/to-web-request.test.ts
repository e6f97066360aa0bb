import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { toWebRequest } from "#lib/server/to-web-request";

const incoming = (method: string, url: string, headers: Record<string, string>) =>
  Object.assign(new IncomingMessage(new Socket()), { method, url, headers });
const make = (method: string, body?: string) => {
  const headers = { host: "evil.example", "content-type": "application/json", accept: "*/*, text/x" };
  return toWebRequest(
    incoming(method, "/v2/posts?page=2", headers),
    "https://console.example.com",
    body ? Buffer.from(body) : undefined,
  );
};

describe("is an ordinary Request", () => {
  test("under the public origin", () => {
    const request = make("POST", "{}");
    expect(request).toBeInstanceOf(Request);
    expect([request.method, request.url]).toEqual(["POST", "https://console.example.com/v2/posts?page=2"]);
    expect(request.headers).toBeInstanceOf(Headers);
    expect([request.headers.get("Accept"), request.headers.get("X-None")]).toEqual(["*/*, text/x", null]);
    expect([request.headers.has("ACCEPT"), request.headers.has("constructor")]).toEqual([true, false]);
    expect(new Headers(request.headers)).toEqual(new Headers([...request.headers]));
    request.headers.set("Accept", "text/y");
    expect([request.headers.get("accept"), [...request.headers.keys()]]).toEqual([
      "text/y",
      ["accept", "content-type", "host"],
    ]);
    expect(request.signal.aborted).toBe(false);
  });

  test("with a body to be read in every way, once", async () => {
    expect(await make("POST", '{"a":1}').json()).toEqual({ a: 1 });
    expect(await make("POST", "text").text()).toBe("text");
    expect((await make("PUT", "text").arrayBuffer()).byteLength).toBe(4);
    const request = make("PATCH", "chunks");
    const chunks: Uint8Array[] = [];
    for await (const chunk of request.body ?? []) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe("chunks");
    expect(request.bodyUsed).toBe(true);
    await expect(request.text()).rejects.toThrow(TypeError);
  });

  test("without a body where there is none, or none is allowed", () => {
    expect(make("POST").body).toBeNull();
    expect(make("GET", "ignored").body).toBeNull();
  });

  test("that can be cloned", async () => {
    expect(await make("POST", "twice").clone().text()).toBe("twice");
  });
});
