import { expect, test } from "vitest";
import type { Authorization } from "#lib/networks/connector";
import { linkedin } from "#lib/networks/linkedin/connector";
import { connectLinkedin } from "#lib/networks/linkedin/testing/start-test-linkedin";
import { useSettings } from "#lib/testing/process-state";

const CALLBACK = "https://console.example/accounts/callback";

/** What a member's browser does: it goes to LinkedIn's page, decides there, and is sent back. */
const decide = async (decision: "allow" | "cancel") => {
  const begun = (await linkedin.connect?.({}, { url: CALLBACK, state: "state" })) as Authorization;
  const page = await fetch(begun.authorizationUrl, { redirect: "manual" });
  expect(page.status).toBe(200);
  const body = new URLSearchParams([...new URL(begun.authorizationUrl).searchParams]);
  body.set("member", "Ada Lovelace");
  body.set("decision", decision);
  const address = begun.authorizationUrl.split("?")[0] ?? "";
  const answer = await fetch(address, { method: "POST", body, redirect: "manual" });
  const { state, ...query } = Object.fromEntries(new URL(answer.headers.get("location") ?? "").searchParams);
  expect(state).toBe("state");
  return { begun, query };
};

test("who agrees is connected for sixty days", async () => {
  await connectLinkedin({ redirectUris: [CALLBACK] });
  const { begun, query } = await decide("allow");
  const connection = await linkedin.authorize?.(begun, query, CALLBACK);
  expect(connection).toMatchObject({ username: "Ada Lovelace", displayName: "Ada Lovelace", serverUrl: null });
  const days = ((connection as { expiresAt: Date }).expiresAt.getTime() - Date.now()) / 86_400_000;
  expect(days).toBeCloseTo(60, 1);
});

test("who declines comes back with an error that counts as declining", async () => {
  await connectLinkedin();
  const { query } = await decide("cancel");
  expect(linkedin.denials).toContain(query.error);
});

test("a wrong secret is the operator's to mend, and is in no message", async () => {
  const { server } = await connectLinkedin();
  const { begun, query } = await decide("allow");
  server.settings.clientSecret = "another";
  const thrown = await linkedin.authorize?.(begun, query, CALLBACK).catch((error) => error);
  expect(thrown).toMatchObject({ reason: "refused", problem: { code: "linkedin_app_refused" } });
  expect(`${thrown}${thrown.cause}`).toContain("invalid_client");
  expect(`${thrown}${thrown.cause}`).not.toContain("linkedin-secret");
});

test("a permission that was not granted is told at once", async () => {
  const { server } = await connectLinkedin();
  const { begun, query } = await decide("allow");
  for (const grant of server.codes.values()) grant.scopes = ["openid", "profile"];
  await expect(linkedin.authorize?.(begun, query, CALLBACK)).rejects.toMatchObject({
    problem: { code: "linkedin_not_allowed" },
  });
});

test("the settings without which nobody can connect are named", () => {
  useSettings();
  expect(linkedin.missingSettings?.()).toEqual(["LINKEDIN_CLIENT_ID", "LINKEDIN_CLIENT_SECRET"]);
  useSettings({ LINKEDIN_CLIENT_ID: "id" });
  expect(linkedin.missingSettings?.()).toEqual(["LINKEDIN_CLIENT_SECRET"]);
});
