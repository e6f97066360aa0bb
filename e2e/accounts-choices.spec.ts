import { createHash, createSecretKey, randomBytes } from "node:crypto";
import { encryptCredential } from "#lib/credentials/encrypt-credential";
import { signInBrowser } from "#lib/testing/console/console-user";
import type { RunningServer } from "#lib/testing/console/start-server";
import type { User } from "#lib/testing/console/user";
import { findPostgres } from "#lib/testing/postgres/start-postgres";
import en from "../lib/i18n/en.json" with { type: "json" };
import zhTw from "../lib/i18n/zh-TW.json" with { type: "json" };
import { findFaults } from "./find-faults.ts";
import { expect, test } from "./fixtures.ts";
import { type WatchedDatabase, watchDatabase } from "./watched-database.ts";

const KEY = randomBytes(32);
const NAMES = ["Ada Lovelace", "Analytical Engines", "很長的專頁名稱加上 Supercalifragilisticexpialidocious-und-Söhne"];

let db: WatchedDatabase;
let server: RunningServer;

test.skip(
  !findPostgres(),
  "PostgreSQL is not installed here, and no network that runs in tests offers several accounts",
);
test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  db = await watchDatabase();
  server = await db.startServer({ env: { CREDENTIAL_KEYS: `tests:${KEY.toString("base64")}` } });
});
test.afterAll(() => db?.stop());

/** What a network's connector leaves when its user may act for several accounts. */
const offer = async (user: User): Promise<string> => {
  await user.ask("/api/keys");
  const { json } = await user.ask("/api/networks");
  const { capabilities } = (json.networks as { network: string; capabilities: object }[]).find(
    ({ network }) => network === "linkedin",
  ) ?? { capabilities: {} };
  const choices = NAMES.map((label, index) => ({
    ...{ id: String(index), label },
    connection: {
      ...{ networkUserId: `member-${index}`, username: label, displayName: label, serverUrl: null },
      ...{ credential: { accessToken: "t" }, capabilities, expiresAt: null },
    },
  }));
  const choicesId = randomBytes(32).toString("base64url");
  const stateHash = createHash("sha256").update(choicesId).digest();
  const credential = encryptCredential(
    [{ id: "tests", key: createSecretKey(KEY) }],
    { rowId: stateHash.toString("hex"), field: "credential" },
    JSON.stringify({ choices: JSON.stringify(choices) }),
  );
  await db.query(
    `INSERT INTO pending_connections (state_hash, user_id, organization_id, network, server_url, credential, is_choice, expires_at)
     SELECT $1, m.user_id, m.organization_id, 'linkedin', '', $2, true, now() + interval '10 minutes'
     FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email = $3`,
    [stateHash, credential, user.email],
  );
  return choicesId;
};

for (const [locale, text, colorScheme, width] of [
  ["en-US", en, "light", 1280],
  ["zh-TW", zhTw, "dark", 390],
] as const) {
  test(`of the accounts that a network offers, one is chosen with the keyboard: ${locale}, ${width}`, async ({
    browser,
  }) => {
    const viewport = { width, height: 800 };
    const context = await browser.newContext({ locale, colorScheme, viewport, reducedMotion: "reduce" });
    const page = await context.newPage();
    const user = await signInBrowser(context, server.url);
    const choicesId = await offer(user);
    await page.goto(`${server.url}/accounts?outcome=choose&choices=${choicesId}`);
    const dialog = page.getByRole("dialog");
    const group = dialog.getByRole("radiogroup", { name: text.accounts.connecting.chooseAccount });
    await expect(group.getByRole("radio")).toHaveCount(NAMES.length);
    await expect(page).toHaveURL(`${server.url}/accounts`);
    // The operator's settings are missing here, and are no longer what counts.
    await expect(dialog.getByText("LINKEDIN_CLIENT_ID")).toHaveCount(0);
    expect(await findFaults(page, "choices")).toEqual([]);
    const folder = process.env.SCREENS_DIR;
    if (folder) await page.screenshot({ path: `${folder}/choices-${locale}.png` });
    await group.getByRole("radio", { name: NAMES[0] }).focus();
    await page.keyboard.press("ArrowDown");
    await expect(group.getByRole("radio", { name: NAMES[1] })).toBeChecked();
    await page.keyboard.press("Enter");
    await expect(page.getByText(text.accounts.wasConnected.replace("{name}", NAMES[1] ?? ""))).toBeVisible();
    await expect(page.getByRole("listitem").filter({ hasText: NAMES[1] })).toBeVisible();
    await expect(page.getByText(text.accounts.outcomes.stale)).toHaveCount(0);
    const { accounts } = (await user.ask("/api/accounts")).json as { accounts: { username: string }[] };
    expect(accounts.map(({ username }) => username)).toEqual(["sandbox", NAMES[1]]);
    await page.goto(`${server.url}/accounts?outcome=choose&choices=${choicesId}`);
    await expect(page.getByRole("listitem").filter({ hasText: NAMES[1] })).toBeVisible();
    await expect(dialog).toHaveCount(0);
    await context.close();
  });
}
