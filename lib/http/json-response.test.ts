import { expect, test } from "vitest";
import { TextResponse, textResponse } from "#lib/http/json-response";

const make = () => textResponse('{"a":"é"}', 201, { "Content-Type": "application/json" });

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

test("its headers are what they were made to be, and what they were changed to", () => {
  const response = make();
  const fieldsOf = () => (response instanceof TextResponse ? [...response.fields] : []);
  expect(fieldsOf()).toEqual([["Content-Type", "application/json"]]);
  response.headers.set("X-Other", "1");
  expect(fieldsOf()).toEqual([
    ["content-type", "application/json"],
    ["x-other", "1"],
  ]);
});

test("its body can be read once", async () => {
  const response = make();
  await response.text();
  expect(response.bodyUsed).toBe(true);
  await expect(response.text()).rejects.toThrow(TypeError);
});
