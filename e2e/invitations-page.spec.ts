import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { ask } from "#lib/testing/console/api-client";
import { lendSession } from "#lib/testing/console/console-user";
import { createUser } from "#lib/testing/console/user";
import en from "../lib/i18n/en.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";
import { findOrganization, invite, listOrganizations, readInvitation } from "./invitations.ts";

const newAddress = () => `grace-${randomUUID()}@example.com`;
const { invitation: words, invitations, organizations } = en;

/** Chooses who to be on the page of the stand-in for Google. */
const choose = async (page: Page, email: string) => {
  await page.locator("#email").fill(email);
  await page.locator("#email").press("Enter");
};

const toSession = async (page: Page, url: string) => {
  const session = (await page.context().cookies()).find(({ name }) => name === "session");
  return {
    ask: (path: string, more = {}) => ask(url, path, { headers: { Cookie: `session=${session?.value}` }, ...more }),
  };
};

test("a newcomer by invitation ends with exactly one organization, the inviting one, and sees its keys", async ({
  page,
  server,
  user,
}) => {
  await user.generateKey("Key of the inviting organization");
  const email = newAddress();
  const { url } = await invite(user, email, "admin");
  await page.goto(url);
  await expect(page.getByRole("heading", { name: words.strangerTitle })).toBeVisible();
  await page.getByRole("button", { name: en.signIn.google }).click();
  await choose(page, email);
  await expect(page).toHaveURL(url);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("You are invited to");
  await expect(page.getByText(user.email)).toBeVisible();
  await expect(page.getByText(organizations.roles.admin, { exact: true })).toBeVisible();

  const newcomer = await toSession(page, server.url);
  for (const path of ["/account", "/settings", "/posts", "/account/security", "/docs", url.slice(server.url.length)]) {
    await page.goto(server.url + path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  expect(await listOrganizations(newcomer)).toEqual([]);

  await page.getByRole("button", { name: invitations.accept }).click();
  await expect(page).toHaveURL(`${server.url}/settings`);
  await expect(page.getByRole("link", { name: "Key of the inviting organization" })).toBeVisible();
  expect(await listOrganizations(newcomer)).toEqual([await findOrganization(user)]);
  expect((await page.goto(url))?.status()).toBe(404);
});

test("before the sign-in the page of a real id and of an invented one are equal to the byte, apart from the id", async ({
  server,
  user,
}) => {
  const { id } = await invite(user, newAddress());
  const read = async (path: string, headers = {}) => {
    const { status, text } = await ask(server.url, `/invitations/${path}`, { headers });
    const nonce = /nonce="([^"]+)"/.exec(text)?.[1] ?? "-";
    return { status, text: text.replaceAll(nonce, "NONCE").replaceAll(path, "ID") };
  };
  const real = await read(id);
  expect(real.status).toBe(200);
  expect(real.text).toContain(words.strangerTitle);
  expect(real.text).not.toContain(user.email);
  for (const other of [randomUUID(), "no-uuid"]) expect((await read(other)).text === real.text).toBe(true);
  const flight = { RSC: "1" };
  expect((await read(randomUUID(), flight)).text === (await read(id, flight)).text).toBe(true);
});

test("somebody else with the link learns nothing, and can come back with another account", async ({
  page,
  server,
  user,
}) => {
  const email = newAddress();
  const { id, url } = await invite(user, email);
  const stranger = await createUser(server.url);
  const read = async (path: string) => {
    const { status, text } = await stranger.ask(`/invitations/${path}`);
    const nonce = /nonce="([^"]+)"/.exec(text)?.[1] ?? "-";
    return { status, text: text.replaceAll(nonce, "NONCE").replaceAll(path, "ID") };
  };
  const real = await read(id);
  expect(real.status).toBe(404);
  expect(real.text).toContain(stranger.email);
  expect(real.text).not.toContain(user.email);
  expect((await read(randomUUID())).text === real.text).toBe(true);
  for (const what of ["accept", "decline"]) {
    expect((await stranger.ask(`/api/invitations/${id}/${what}`, { method: "POST" })).status).toBe(404);
  }

  await lendSession(page.context(), server.url, stranger);
  await page.goto(url);
  await expect(page.getByRole("heading", { name: words.notYoursTitle })).toBeVisible();
  await page.getByRole("button", { name: en.signIn.other }).click();
  await choose(page, email);
  await expect(page).toHaveURL(url);
  await expect(page.getByRole("button", { name: invitations.decline })).toBeVisible();
  expect((await stranger.ask("/api/user")).status).toBe(401);
});

test("100 GETs, HEADs and prefetches by the addressee leave the invitation as it is, and a foreign page's POST too", async ({
  server,
  user,
}) => {
  const addressee = await createUser(server.url, newAddress());
  const { id } = await invite(user, addressee.email);
  const before = await readInvitation(user, id);
  expect(before?.status).toBe("pending");
  const paths = [
    `/invitations/${id}`,
    "/account/invitations",
    "/api/invitations",
    `/api/invitations/${id}/accept`,
    `/api/invitations/${id}/decline`,
  ];
  const prefetch = { Purpose: "prefetch", "Sec-Purpose": "prefetch", RSC: "1", "Next-Router-Prefetch": "1" };
  const ways = [{ method: "GET" }, { method: "HEAD" }, { headers: prefetch }, { method: "OPTIONS" }];
  for (let n = 0; n < 100; n++) {
    const path = paths[n % paths.length] ?? "";
    const { status } = await addressee.ask(path, ways[Math.floor(n / paths.length) % ways.length]);
    expect(status, path).toBeLessThan(500);
  }
  const foreign: Record<string, string>[] = [{ Origin: "https://evil.example" }, { "Sec-Fetch-Site": "same-site" }];
  for (const headers of foreign) {
    for (const what of ["accept", "decline"]) {
      expect((await addressee.ask(`/api/invitations/${id}/${what}`, { method: "POST", headers })).status).toBe(403);
    }
  }
  expect(await readInvitation(user, id)).toEqual(before);
  expect(await listOrganizations(addressee)).toEqual([]);
});

test("nobody becomes a member without their own POST", async ({ server, user }) => {
  const addressee = await createUser(server.url, newAddress());
  const { id } = await invite(user, addressee.email);
  const organization = await findOrganization(user);
  const { json } = await addressee.ask("/api/user");
  const member = `/api/organizations/${organization}/members/${json.id}`;
  const listMembers = async () => (await user.ask(`/api/organizations/${organization}/members`)).json.count;

  expect((await user.ask(`/api/invitations/${id}/accept`, { method: "POST" })).status).toBe(404);
  expect((await user.ask(member, { method: "PATCH", json: { role: "member" } })).status).toBe(404);
  expect((await user.ask(member, { method: "PUT", json: { role: "member" } })).status).toBe(405);
  expect((await addressee.ask(`/api/organizations/${organization}/select`, { method: "POST" })).status).toBe(404);
  await invite(user, addressee.email, "owner");
  await user.ask(`/api/organizations/${organization}/invitations/${id}/renew`, { method: "POST" });
  await addressee.ask(`/invitations/${id}`);
  expect([await listMembers(), await listOrganizations(addressee)]).toEqual([1, []]);

  expect((await addressee.ask(`/api/invitations/${id}/accept`, { method: "POST" })).status).toBe(200);
  expect([await listMembers(), await listOrganizations(addressee)]).toEqual([2, [organization]]);
});

test("declining says so, makes no organization, and the link is over", async ({ page, server, user }) => {
  const addressee = await createUser(server.url, newAddress());
  const { id, url } = await invite(user, addressee.email);
  await lendSession(page.context(), server.url, addressee);
  await page.goto(url);
  await page.getByRole("button", { name: invitations.decline }).click();
  await expect(page.getByRole("heading", { name: words.declinedTitle })).toBeVisible();
  expect((await readInvitation(user, id))?.status).toBe("declined");
  expect(await listOrganizations(addressee)).toEqual([]);
  expect((await page.goto(url))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: words.notYoursTitle })).toBeVisible();
});
