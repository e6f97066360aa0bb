import { expect, test } from "vitest";
import { TextResponse } from "#lib/http/text-response";

const make = () => new TextResponse('{"a":"é"}', { status: 201, headers: { "Content-Type": "application/json" } });

test("is an ordinary Response to whoever does not know it", async () => {
  expect(make()).toBeInstanceOf(Response);
  expect([make().status, make().ok, make().headers.get("content-type")]).toEqual([201, true, "application/json"]);
  expect(await make().text()).toBe('{"a":"é"}');
  expect(await make().json()).toEqual({ a: "é" });
  expect((await make().arrayBuffer()).byteLength).toBe(10);
  expect(await make().clone().text()).toBe('{"a":"é"}');
  const copied = new Response(make().body, make());
  expect([copied.status, await copied.text()]).toEqual([201, '{"a":"é"}']);
});

test("its body can be read once", async () => {
  const response = make();
  await response.text();
  expect(response.bodyUsed).toBe(true);
  await expect(response.text()).rejects.toThrow(TypeError);
});
