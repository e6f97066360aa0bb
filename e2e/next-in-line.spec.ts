import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { disconnectAccount } from "#lib/accounts/disconnect-account";
import type { MemberActor } from "#lib/audit/schema";
import { closeDatabase, database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { shareTurn } from "#lib/db/turns";
import { createSecret, hashSecret, previewSecret } from "#lib/keys/create-secret";
import { deleteKey, endKey, holdKey } from "#lib/keys/end-key";
import { rotateKey } from "#lib/keys/rotate-key";
import { updateKey } from "#lib/keys/update-key";
import { reportLeakedKeys, reportOwnKey } from "#lib/leaks/report-leaked-keys";
import { createMember } from "#lib/organizations/testing/test-member";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";

const WRITERS = 64;
// Those that had the row when its end was asked for, and those that already waited for it: once around all connections.
const AT_MOST_MEANWHILE = 16;

// As whoever accepts a post holds its account.
const HOLD_ACCOUNT = `
  WITH turn AS MATERIALIZED (SELECT ${shareTurn("$1::uuid")})
  SELECT 1 FROM turn, social_accounts WHERE id = $1::uuid AND disconnected_at IS NULL FOR SHARE OF social_accounts`;

test.setTimeout(300_000);
test.skip(!findPostgres(), "PostgreSQL is not installed here, and the embedded database has one connection");
test.describe.configure({ mode: "default" });

let postgres: Postgres;
test.beforeAll(async () => {
  postgres = await startPostgres();
  process.env.DATABASE_URL = await postgres.createDatabase("line");
});
test.afterAll(async () => {
  await closeDatabase();
  await postgres?.stop();
});

const createKey = async ({ organizationId }: MemberActor, replacesId: string | null = null) => {
  const { prisma } = await database();
  const secret = createSecret();
  const names = { name: "Production", preview: previewSecret(secret) };
  const data = { ...names, organizationId, replacesId, hash: hashSecret(secret) };
  return { secret, id: (await prisma.apiKey.create({ data })).id };
};

/** Writers that take the row from each other without a pause, so that there is no moment at which nobody has it. */
const hammer = async (hold: (tx: Prisma.TransactionClient) => Promise<void>) => {
  const { prisma } = await database();
  let held = 0;
  let isOver = false;
  const write = (tx: Prisma.TransactionClient) =>
    hold(tx).then(() => {
      held++;
      return tx.$queryRaw`SELECT 1 FROM pg_sleep(0.02)`;
    });
  const writers = Array.from({ length: WRITERS }, async () => {
    while (!isOver) await prisma.$transaction(write, { maxWait: 60_000, timeout: 60_000 }).catch(() => {});
  });
  return {
    held: () => held,
    stop: async () => {
      isOver = true;
      await Promise.all(writers);
    },
  };
};

const expectNextInLine = async (
  hold: (tx: Prisma.TransactionClient) => Promise<void>,
  end: () => Promise<unknown>,
): Promise<void> => {
  const writers = await hammer(hold);
  try {
    await expect.poll(writers.held, { timeout: 30_000 }).toBeGreaterThan(WRITERS);
    const before = writers.held();
    await end();
    const after = writers.held();
    expect(after - before).toBeLessThanOrEqual(AT_MOST_MEANWHILE);
    await writers.stop();
    expect(writers.held()).toBe(after);
  } finally {
    await writers.stop();
  }
};

const REPORTER = { kind: "report", organizationId: null, address: null, userAgent: null } as const;

const OF_A_KEY = {
  "deleting a key": ({ actor, id }) => deleteKey(actor, id),
  "disabling a key": ({ actor, id }) => updateKey(actor, id, { is_active: false }),
  "rotating a key at once": ({ actor, id }) =>
    rotateKey(actor, { keyId: id, overlapSeconds: 0, idempotencyKey: undefined }),
  "saying that one's key leaked": ({ actor, id }) => reportOwnKey(actor, id),
  "reporting a key that was found": ({ secret }) => reportLeakedKeys([{ text: secret }], REPORTER),
} satisfies Record<string, (key: { actor: MemberActor; id: string; secret: string }) => Promise<unknown>>;

for (const [what, end] of Object.entries(OF_A_KEY)) {
  test(`${what} waits for nobody who came later`, async () => {
    const actor = await createMember();
    const key = await createKey(actor);
    await expectNextInLine(
      (tx) => holdKey(tx, key.id),
      () => end({ actor, ...key }),
    );
  });
}

test("ending the overlap of a rotation waits for nobody who came later", async () => {
  const actor = await createMember();
  const { id } = await createKey(actor);
  await createKey(actor, id);
  await expectNextInLine(
    (tx) => holdKey(tx, id),
    () => endKey(actor, id),
  );
});

test("disconnecting an account waits for nobody who came later", async () => {
  const actor = await createMember();
  const { prisma } = await database();
  const { id } = await prisma.socialAccount.create({
    data: {
      organizationId: actor.organizationId,
      network: "webhook",
      networkUserId: randomUUID(),
      username: "hook",
      displayName: "Hook",
    },
  });
  await expectNextInLine(
    async (tx) => {
      if ((await tx.$executeRawUnsafe(HOLD_ACCOUNT, id)) === 0) throw new Error("it is disconnected");
    },
    () => disconnectAccount(actor, id),
  );
});

test("two reports of the same hundred keys in opposite orders wait for each other, and both are answered", async () => {
  const actor = await createMember();
  const keys = await Promise.all(Array.from({ length: 100 }, () => createKey(actor)));
  const answers = await Promise.all(
    [keys, keys.toReversed(), keys, keys.toReversed()].map((found) =>
      reportLeakedKeys(
        found.map(({ secret: text }) => ({ text })),
        REPORTER,
      ),
    ),
  );
  expect(answers.flat()).toEqual(Array.from({ length: 400 }, () => true));
});
