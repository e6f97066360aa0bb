import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PrismaClient } from "#lib/db/generated/client";
import { migrate } from "#lib/db/migrate";
import { openPostgres } from "#lib/db/open-postgres";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";

const SUMMER = new Date("2026-07-01T12:34:56.789Z");
const WINTER = new Date("2026-01-01T00:00:00.000Z");
const TEXT = "to_char($1::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') AS text";

describe.skipIf(!findPostgres())("whatever zone and style of dates a server is set to", () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  const WAYS: [name: string, statement: string][] = [
    ["the server's own", "SELECT 1"],
    ["a role's in the east", "ALTER ROLE boring SET timezone = 'Asia/Taipei'"],
    ["a role's in the west, with summer time", "ALTER ROLE boring SET timezone = 'America/New_York'"],
    ["a database's", "ALTER DATABASE zones SET timezone = 'Australia/Lord_Howe'; ALTER ROLE boring RESET timezone"],
    ["a database's, in German", "ALTER DATABASE zones SET datestyle = 'German, DMY'"],
  ];

  test("a moment is the same moment, written and read by Prisma, in SQL and by the driver", async () => {
    const url = await postgres.createDatabase("zones");
    for (const [name, statement] of WAYS) {
      const admin = new Client({ connectionString: url });
      await admin.connect();
      await admin.query(statement);
      await admin.end();
      const connection = await openPostgres(url);
      const target = connection.migrationTarget();
      await migrate(target).finally(() => target.close());
      const prisma = new PrismaClient({ adapter: connection.adapterFactory });
      for (const moment of [SUMMER, WINTER]) {
        const data = {
          issuer: "https://issuer.test",
          subject: `${name} ${moment}`,
          email: "a@b.test",
          createdAt: moment,
        };
        const made = await prisma.user.create({ data });
        const { id } = made;
        expect(made.createdAt, name).toEqual(moment);
        expect((await prisma.user.findUniqueOrThrow({ where: { id } })).createdAt, name).toEqual(moment);
        expect(await prisma.user.count({ where: { id, createdAt: { gte: moment, lte: moment } } }), name).toBe(1);
        const [raw] = await prisma.$queryRaw<{ at: Date; all: Date[]; plain: Date; isSame: boolean }[]>`
          SELECT created_at AS at, ARRAY[created_at] AS all, created_at AT TIME ZONE 'UTC' AS plain,
                 created_at = ${moment} AS "isSame" FROM users WHERE id = ${id}::uuid`;
        expect(raw, name).toEqual({ at: moment, all: [moment], plain: moment, isSame: true });
        const read = {
          name: `read ${id}`,
          text: `SELECT created_at AS at, ${TEXT.replace("$1", "created_at")} FROM users WHERE id = $1`,
        };
        expect(await connection.query(read, [id]), name).toEqual([{ at: moment, text: moment.toISOString() }]);
        const [written] = await connection.write<{ text: string }>({ name: "instants", text: `SELECT ${TEXT}` }, [
          moment,
        ]);
        expect(written, name).toEqual({ text: moment.toISOString() });
      }
      const byDefault = await prisma.user.create({ data: { issuer: "i", subject: name, email: "a@b.test" } });
      expect(Math.abs(byDefault.createdAt.getTime() - Date.now())).toBeLessThan(60_000);
      const [aged] = await prisma.$queryRaw<{ seconds: number }[]>`
        SELECT extract(epoch FROM now() - created_at)::float8 AS seconds FROM users WHERE id = ${byDefault.id}::uuid`;
      expect(Math.abs(aged?.seconds ?? 1e9)).toBeLessThan(60);
      await prisma.$disconnect();
      await connection.close();
    }
  });
});
