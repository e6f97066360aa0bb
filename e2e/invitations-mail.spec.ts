import { lendSession } from "#lib/testing/console/console-user";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, test } from "./fixtures.ts";
import { findOrganization } from "./invitations.ts";
import { startMailServer } from "./start-mail-server.ts";

const GUEST = "guest@example.org";

test("with a mail server an invitation is mailed once, after the answer, with the link that opens it", async () => {
  const { promise: isAsked, resolve: reportAsked } = Promise.withResolvers<void>();
  const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
  const mails = await startMailServer(async () => {
    reportAsked();
    await mayGoOn;
  });
  const server = await startServer({ env: mails.env });
  try {
    const user = await createUser(server.url);
    const path = `/api/organizations/${await findOrganization(user)}/invitations`;
    const invited = await user.ask(path, { json: { email: GUEST, role: "member" } });
    expect(invited).toMatchObject({ status: 201, json: { mail: { sent_at: null, failed: false } } });
    // The mail server has not accepted the recipient yet, and the answer is there all the same.
    await isAsked;
    expect(mails.sources).toEqual([]);
    goOn();
    const readMail = async () => ((await user.ask(path)).json as { results: { mail: object }[] }).results[0]?.mail;
    await expect.poll(readMail).toEqual({ sent_at: expect.any(String), failed: false });
    expect(mails.sources).toHaveLength(1);
    expect(mails.sources[0]).toContain(String(invited.json.url));
    expect(server.output()).not.toContain(GUEST);
  } finally {
    await server.stop();
    await mails.close();
  }
});

test("the tab tells what became of a mail, in the reader's language, on desktops and phones", async ({ browser }) => {
  const mails = await startMailServer((address) => {
    if (address.startsWith("nobody")) throw Object.assign(new Error("No such mailbox"), { responseCode: 550 });
  });
  const server = await startServer({ env: mails.env });
  const faults: string[] = [];
  try {
    for (const [locale, text, colorScheme] of [
      ["en", en, "light"],
      ["zh-TW", zhTw, "dark"],
    ] as const) {
      const user = await createUser(server.url);
      await findOrganization(user);
      const { invitations: words } = text;
      const context = await browser.newContext({ locale, colorScheme });
      await lendSession(context, server.url, user);
      const page = await context.newPage();
      await page.goto(`${server.url}/account/invitations`);
      const form = page.getByRole("form", { name: words.invite });
      for (const email of [`nobody-${locale}@example.org`, `guest-${locale}@example.org`]) {
        await form.getByLabel(words.address).fill(email);
        await form.getByRole("button", { name: words.invite }).click();
        await expect(page.getByText(words.wasMailed.replace("{email}", email))).toBeVisible();
      }
      const readRow = (name: string) => page.getByRole("listitem").filter({ hasText: `${name}-${locale}@` });
      await expect(async () => {
        await page.reload();
        await expect(readRow("guest")).toContainText(words.mailSent, { timeout: 1000 });
        await expect(readRow("nobody")).toContainText(words.mailFailed, { timeout: 1000 });
      }).toPass();
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        faults.push(...(await findFaults(page, `${locale}, ${width}`)));
      }
      await readRow("guest").getByRole("button", { name: words.renew }).click();
      await expect(
        page.getByText(words.wasRenewedByMail.replace("{email}", `guest-${locale}@example.org`)),
      ).toBeVisible();
      await context.close();
    }
  } finally {
    await server.stop();
    await mails.close();
  }
  expect(faults).toEqual([]);
});
