import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PostgresDatabase, usePostgresDatabase } from "#lib/db/testing/use-postgres-database";
import { notify } from "#lib/notices/notify";
import { announcedIn, listen, toldTo } from "#lib/notices/testing/notices";
import { watchKeys } from "#lib/notices/watch-keys";
import { createTeam, generate } from "#lib/organizations/testing/team";
import { findPostgres } from "#lib/testing/postgres/start-postgres";
import { WEBHOOK_EVENTS } from "#lib/webhooks/schema";

const ROUNDS = 20;

describe.skipIf(!findPostgres())("on PostgreSQL", () => {
  let postgres: PostgresDatabase;
  beforeAll(async () => {
    postgres = await usePostgresDatabase();
  });
  afterAll(() => postgres.close());

  test("somebody whose account is being deleted is passed over, and nobody waits for them", async () => {
    const { prisma } = postgres.db;
    const { organizationId, owner, admin } = await createTeam();
    await prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${admin.id}::uuid FOR UPDATE`;
      const happening = { kind: "post.failed", organizationId, subjectId: owner.id } as const;
      await prisma.$transaction((other) => notify(other, happening));
    });
    expect([(await toldTo(owner)).length, (await toldTo(admin)).length]).toEqual([1, 0]);
  });

  test(`of keys that are due for several instances at once each is told once, ${ROUNDS} times`, async () => {
    const { prisma } = postgres.db;
    for (let round = 0; round < ROUNDS; round++) {
      const { organizationId, owner, member } = await createTeam();
      await listen(
        organizationId,
        WEBHOOK_EVENTS.filter((event) => event !== "key.generated"),
      );
      for (let count = 0; count < 4; count++) await generate(organizationId, member);
      await prisma.notice.deleteMany({ where: { organizationId } });
      await prisma.$executeRaw`
        UPDATE api_keys SET created_at = now() - interval '91 days', unused_look_at = now(),
          expires_at = date_trunc('second', now()) + interval '5 days' WHERE organization_id = ${organizationId}::uuid`;
      await Promise.all([watchKeys(), watchKeys(), watchKeys()]);
      const kinds = (told: string[]) => told.map((one) => one.split(" ")[0]).toSorted();
      const expected = [...Array(4).fill("key.expiring"), ...Array(4).fill("key.unused")];
      expect(kinds(await toldTo(owner))).toEqual(expected);
      expect(kinds((await announcedIn(organizationId)).map(({ type }) => type))).toEqual(expected);
    }
    expect(await postgres.countDeadlocks()).toBe(0);
  });
});
