import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Connection } from "#lib/db/connection";
import { openPostgres } from "#lib/db/open-postgres";
import { migrateTestPostgres } from "#lib/db/testing/open-test-postgres";
import { takeTurn } from "#lib/db/turns";
import { type Acceptance, acceptPost } from "#lib/posts/accept-post";
import { say } from "#lib/problems/problem";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";
import { useDatabase } from "#lib/testing/process-state";

// One connection cannot wait for another, so that the embedded database has nothing to say about this.
describe.skipIf(!findPostgres())("a post that is accepted while its key or its account is ended", () => {
  let postgres: Postgres;
  let connection: Connection;
  let ender: Client;
  const [organizationId, accountId, keyId] = [randomUUID(), randomUUID(), randomUUID()];

  beforeAll(async () => {
    postgres = await startPostgres();
    const url = await postgres.createDatabase("turns");
    await migrateTestPostgres(url);
    connection = await openPostgres(url);
    useDatabase({ connection });
    ender = new Client(url);
    await ender.connect();
    await ender.query("INSERT INTO organizations (id, name) VALUES ($1, 'Ada')", [organizationId]);
    await ender.query(
      `INSERT INTO social_accounts (id, organization_id, network, network_user_id, username, display_name)
       VALUES ($1, $2, 'webhook', 'w', 'w', 'w')`,
      [accountId, organizationId],
    );
    await ender.query(
      "INSERT INTO api_keys (id, organization_id, name, hash, preview) VALUES ($1, $2, 'Production', 'h', 'boring_abc...')",
      [keyId, organizationId],
    );
  }, 120_000);
  afterAll(async () => {
    await ender.end();
    await connection.close();
    await postgres.stop();
  });

  const accept = () => {
    const acceptance: Acceptance = {
      ...{
        author: { organizationId, keyId },
        postId: randomUUID(),
        accountId,
        parts: [{ text: "a", mediaUrls: [], altTexts: [] }],
      },
      ...{
        options: undefined,
        warnings: [say("medium_fetched_later", { url: "https://a.test/1.png" })],
        scheduledAt: null,
        claimId: null,
        firstParts: [],
        isDone: false,
        idempotency: null,
      },
    };
    return acceptPost(acceptance);
  };
  const untilOneWaits = () =>
    expect
      .poll(async () => (await ender.query("SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted")).rows[0].n)
      .toBe(1);

  test("is accepted when nobody ends them", async () => {
    expect(await accept()).toMatchObject({ keyName: "Production", post: { status: "queued" } });
  });

  test.each([
    ["key", keyId, "UPDATE api_keys SET disabled_at = now() WHERE id = $1", { reason: "disabled" }],
    [
      "account",
      accountId,
      "UPDATE social_accounts SET disconnected_at = now() WHERE id = $1",
      { code: "InvalidAccountId" },
    ],
  ])(
    "is refused when its %s was ended before its turn, though the statement began before",
    async (_what, id, end, refusal) => {
      const { rows: before } = await ender.query("SELECT count(*)::int AS n FROM posts");
      await ender.query("BEGIN");
      await ender.query(`SELECT ${takeTurn("$1::uuid")}`, [id]);
      const accepting = accept();
      accepting.catch(() => {});
      await untilOneWaits();
      await ender.query(end, [id]);
      await ender.query("COMMIT");
      await expect(accepting).rejects.toMatchObject(refusal);
      expect((await ender.query("SELECT count(*)::int AS n FROM posts")).rows).toEqual(before);
      await ender.query("UPDATE api_keys SET disabled_at = NULL");
    },
  );
});
