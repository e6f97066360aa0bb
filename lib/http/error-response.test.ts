import { expect, test } from "vitest";
import { ApiError } from "#lib/errors";
import { errorResponse } from "#lib/http/error-response";
import { toResponse } from "#lib/http/testing/to-response";
import { readConsoleLocale } from "#lib/http/with-session";
import { say } from "#lib/problems/problem";

const refusal = new ApiError("InvalidRequest", say("key_address_form"), {
  at: "allowed_addresses.0",
  fields: { "allowed_addresses.0": [say("key_address_form")] },
  members: { limit: 1 },
});
const tell = async (locale: "en" | "zh-TW" | undefined) =>
  toResponse(errorResponse(refusal, "error", "id", {}, { locale })).json();

test("programs get the API's own sentences, with the member that they are about", async () => {
  const sentence = "Expected an IPv4 or IPv6 address or a CIDR block, for example 203.0.113.7 or 2001:db8::/32.";
  expect(await tell(undefined)).toEqual({
    error: "InvalidRequest",
    message: `allowed_addresses.0: ${sentence}`,
    limit: 1,
    fields: { "allowed_addresses.0": [sentence] },
  });
  expect(await toResponse(errorResponse(refusal, "detail", "id")).json()).toEqual({
    "allowed_addresses.0": [sentence],
  });
});

test("the console's pages get theirs, in the language of their reader", async () => {
  const sentence = "這不是 IPv4、IPv6 位址或 CIDR 區段。格式例如 203.0.113.7 或 2001:db8::/32。";
  expect(await tell("zh-TW")).toEqual({
    error: "InvalidRequest",
    message: sentence,
    limit: 1,
    fields: { "allowed_addresses.0": [sentence] },
  });
  expect(await tell("en")).toMatchObject({ message: expect.stringMatching(/^This is not an IPv4/) });
});

test("only a page that names a known language is the console's", () => {
  expect(readConsoleLocale(new Headers({ "Console-Language": "zh-TW" }))).toBe("zh-TW");
  expect(readConsoleLocale(new Headers({ "Console-Language": "tlh", "Accept-Language": "zh-TW" }))).toBeUndefined();
});
