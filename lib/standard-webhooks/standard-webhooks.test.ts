import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { createSigningSecret, toSignedHeaders } from "#lib/standard-webhooks/post-message";

const MESSAGE = { id: "msg_1", body: '{"type":"post.published","text":"é 貼文 🔑"}' };

test("the official library finds what is signed here genuine, and nothing that was changed", () => {
  const secret = createSigningSecret();
  const headers = toSignedHeaders(secret, MESSAGE, new Date());
  const verify = (body = MESSAGE.body, change = {}, key = secret) =>
    new Webhook(key).verify(body, { ...headers, ...change });
  expect(verify()).toEqual(JSON.parse(MESSAGE.body));
  expect(() => verify(`${MESSAGE.body} `)).toThrow();
  expect(() => verify(undefined, { "webhook-id": "msg_2" })).toThrow();
  expect(() => verify(undefined, { "webhook-timestamp": String(Number(headers["webhook-timestamp"]) + 1) })).toThrow();
  expect(() => verify(undefined, {}, createSigningSecret())).toThrow();
});

test("a signature is the one that the specification shows", () => {
  const message = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body: '{"test": 2432232314}' };
  const headers = toSignedHeaders("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", message, new Date(1_614_265_330_000));
  expect(headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});

test("every secret is another, of 32 bytes", () => {
  const secrets = Array.from({ length: 100 }, createSigningSecret);
  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) expect(Buffer.from(secret.slice(6), "base64")).toHaveLength(32);
});
