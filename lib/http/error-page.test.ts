import { expect, test } from "vitest";
import { ApiError } from "#lib/errors";
import { errorPage, isNavigation } from "#lib/http/error-page";
import { toResponse } from "#lib/http/testing/to-response";
import { say } from "#lib/problems/problem";

const ID = "0b5ff1f5-5b5a-4a3c-9a51-6a3c5b9f0d11";

test.each([
  [{ "sec-fetch-mode": "navigate", accept: "*/*" }, true],
  [{ accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" }, true],
  [{ "sec-fetch-mode": "cors", accept: "text/html" }, false],
  [{ accept: "*/*" }, false],
  [{ accept: "application/json" }, false],
  [{}, false],
])("%j is a person's browser: %s", (headers, isPerson) => {
  expect(isNavigation(new Headers(headers as Record<string, string>))).toBe(isPerson);
});

test("whoever is not signed in is asked to, and led back", () => {
  const answer = toResponse(errorPage(new ApiError("Unauthorized", say("authentication_required")), "/settings", ID));
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/sign-in?callbackUrl=%2Fsettings"]);
});

test("everything else is told on a page, with what finds it in the log, and nothing of what it was", async () => {
  const answer = toResponse(errorPage(new Error("secret detail"), "/accounts", ID));
  expect([answer.status, answer.headers.get("location")]).toEqual([303, `/trouble?back=%2Faccounts&id=${ID}`]);
  expect(await answer.text()).toBe("");
});
