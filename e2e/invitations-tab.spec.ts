import { randomUUID } from "node:crypto";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { lendSession } from "#lib/testing/console/console-user";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import en from "../lib/i18n/en.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";
import { findOrganization, invite, listOrganizations, readInvitation } from "./invitations.ts";

const newAddress = () => `grace-${randomUUID()}@example.com`;
const { invitations: words } = en;

test("an owner invites from the tab, copies the link, renews and revokes", async ({ browser, server, user }) => {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  await lendSession(context, server.url, user);
  const page = await context.newPage();
  await findOrganization(user);
  await page.goto(`${server.url}/account/invitations`);
  await expect(page.getByText(words.receivedNone)).toBeVisible();
  await expect(page.getByText(words.sentNone)).toBeVisible();
  const form = page.getByRole("form", { name: words.invite });
  expect(await form.getByLabel(words.role).locator("option").allTextContents()).toEqual(["Member", "Admin", "Owner"]);

  await form.getByLabel(words.address).fill("no address");
  await form.getByRole("button", { name: words.invite }).click();
  await expect(form.getByRole("alert").filter({ hasText: "e-mail address" })).toBeVisible();
  await form.getByLabel(words.address).fill(user.email);
  await form.getByRole("button", { name: words.invite }).click();
  await expect(form.getByText("This is your own address.")).toBeVisible();

  const email = newAddress();
  await form.getByLabel(words.address).fill(` ${email} `);
  await form.getByLabel(words.role).selectOption("admin");
  await form.getByRole("button", { name: words.invite }).click();
  const row = page.getByRole("listitem").filter({ hasText: email });
  await expect(row).toContainText(words.statuses.pending);
  await expect(row).toContainText(en.organizations.roles.admin);
  await row.getByRole("button", { name: words.copyLink }).click();
  await expect(row.getByText(en.copy.copied)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(new RegExp(`^${server.url}/invitations/[0-9a-f-]{36}$`));

  await row.getByRole("button", { name: words.renew }).click();
  await expect(page.getByText(words.wasRenewed.replace("{email}", email))).toBeVisible();
  await row.getByRole("button", { name: words.revoke }).click();
  await expect(row).toContainText(words.statuses.revoked);
  await expect(row.getByRole("button", { name: words.copyLink })).toHaveCount(0);
  expect((await readInvitation(user, link.slice(-36)))?.status).toBe("revoked");
  await page.reload();
  await expect(row).toContainText(words.statuses.revoked);
  await context.close();
});

test("a received invitation is accepted in the tab, and the console shows the organization", async ({
  page,
  server,
  user,
}) => {
  await user.generateKey("Shared key");
  const [addressee, other] = [await createUser(server.url, newAddress()), await createUser(server.url)];
  await invite(other, addressee.email);
  const { id } = await invite(user, addressee.email);
  await lendSession(page.context(), server.url, addressee);
  await page.goto(`${server.url}/account/invitations`);
  const received = page.getByRole("region", { name: words.received });
  await expect(received.getByRole("listitem")).toHaveCount(2);
  await expect(page.getByRole("region", { name: words.sent })).toHaveCount(0);
  const fromOther = received.getByRole("listitem").filter({ hasText: other.email });
  await fromOther.getByRole("button", { name: words.decline }).click();
  await expect(received.getByRole("listitem")).toHaveCount(1);
  await received.getByRole("button", { name: words.accept }).click();
  await expect(page).toHaveURL(`${server.url}/settings`);
  await expect(page.getByRole("link", { name: "Shared key", exact: true })).toBeVisible();
  expect(await listOrganizations(addressee)).toEqual([await findOrganization(user)]);
  expect((await readInvitation(user, id))?.status).toBe("accepted");
});

test("one sees and sends what one's role allows, for the organization that the address names", async ({
  page,
  server,
  user,
}) => {
  const colleague = await createUser(server.url, newAddress());
  const organization = await findOrganization(user);
  const own = await findOrganization(colleague);
  const { id } = await invite(user, colleague.email, "admin");
  const owners = await invite(user, newAddress(), "owner");
  await colleague.ask(`/api/invitations/${id}/accept`, { method: "POST" });
  await colleague.ask(`/api/organizations/${own}/select`, { method: "POST" });
  await lendSession(page.context(), server.url, colleague);

  await page.goto(`${server.url}/account/invitations?organization=${organization}`);
  const form = page.getByRole("form", { name: words.invite });
  expect(await form.getByLabel(words.role).locator("option").allTextContents()).toEqual(["Member"]);
  const row = page.getByRole("listitem").filter({ hasText: owners.email });
  await expect(row.getByRole("button", { name: words.copyLink })).toBeVisible();
  await expect(row.getByRole("button", { name: words.revoke })).toHaveCount(0);
  const email = newAddress();
  await form.getByLabel(words.address).fill(email);
  await form.getByRole("button", { name: words.invite }).click();
  await expect(page.getByRole("listitem").filter({ hasText: email })).toBeVisible();
  const listed = await user.ask(`/api/organizations/${organization}/invitations`);
  expect(listed.text).toContain(email);

  await page.getByRole("navigation", { name: words.choose }).getByRole("link", { name: "grace" }).click();
  await expect(page.getByText(words.sentNone)).toBeVisible();
  await user.ask(`/api/organizations/${organization}/members/${(await colleague.ask("/api/user")).json.id}`, {
    method: "PATCH",
    json: { role: "member" },
  });
  await page.goto(`${server.url}/account/invitations?organization=${organization}`);
  await expect(page.getByText("Only admins and owners of")).toBeVisible();
  await expect(form).toHaveCount(0);
  await expect(page.getByText(owners.email)).toHaveCount(0);
  const foreign = await findOrganization(await createUser(server.url));
  for (const strange of [foreign, randomUUID(), "x"]) {
    const answer = await page.goto(`${server.url}/account/invitations?organization=${strange}`);
    expect(answer?.status()).toBe(404);
  }
});

test("an expired invitation is over for its addressee, and renewing opens it again", async ({ page }) => {
  const first = await startServer();
  const [owner, addressee] = [await createUser(first.url), await createUser(first.url, newAddress())];
  const { id } = await invite(owner, addressee.email);
  await first.stop();
  const db = await PGlite.create(path.join(first.dataDir, "pglite"));
  await db.query("UPDATE invitations SET expires_at = now() - interval '1 second'");
  await db.close();
  const server = await startServer({ dataDir: first.dataDir, port: first.port });
  expect((await addressee.ask(`/invitations/${id}`)).status).toBe(404);
  expect((await addressee.ask(`/api/invitations/${id}/accept`, { method: "POST" })).status).toBe(404);

  await lendSession(page.context(), server.url, owner);
  await page.goto(`${server.url}/account/invitations`);
  const row = page.getByRole("listitem").filter({ hasText: addressee.email });
  await expect(row).toContainText(words.statuses.expired);
  await expect(row.getByRole("button", { name: words.copyLink })).toHaveCount(0);
  await row.getByRole("button", { name: words.renew }).click();
  await expect(row).toContainText(words.statuses.pending);
  expect((await addressee.ask(`/invitations/${id}`)).status).toBe(200);
  await server.stop();
});
