import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isDatabaseUnavailable } from "#lib/db/database-errors";
import { probePostgres } from "#lib/db/probe-postgres";
import { readDatabaseUrl } from "#lib/db/read-database-url";
import { administrate, migrateTestPostgres, openTestPostgres } from "#lib/db/testing/open-test-postgres";
import { startStrictPooler } from "#lib/db/testing/start-strict-pooler";
import { findPgBouncer, type PgBouncer, startPgBouncer } from "#lib/testing/postgres/start-pgbouncer";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";

const isInstalled = findPostgres() !== undefined && findPgBouncer() !== undefined;
const NAMED = { name: "count-users", text: "SELECT count(*)::int AS count FROM users WHERE subject = $1" };

const POOLERS = [
  { mode: "session", isStrict: false },
  { mode: "transaction", isStrict: false },
  { mode: "session", isStrict: true },
  { mode: "transaction", isStrict: true },
] as const;

describe.skipIf(!isInstalled).each(POOLERS)(
  "through PgBouncer in $mode mode (refuses parameters: $isStrict)",
  (given) => {
    const { mode, isStrict } = given;
    let postgres: Postgres;
    let bouncer: PgBouncer;
    let direct: string;
    let url: string;
    let strict: Awaited<ReturnType<typeof startStrictPooler>> | undefined;
    beforeAll(async () => {
      postgres = await startPostgres({ settings: { default_transaction_isolation: "serializable" } });
      bouncer = await startPgBouncer(postgres.port, mode);
      direct = await postgres.createDatabase("pooled");
      url = bouncer.through(direct);
      if (!isStrict) return;
      strict = await startStrictPooler(Number(new URL(url).port));
      url = url.replace(/:\d+\//, `:${strict.port}/`);
    });
    afterAll(async () => {
      strict?.stop();
      await bouncer.stop();
      await postgres.stop();
    });

    test("it is found out which parameters it takes", async () => {
      const { startup, isDirect } = await probePostgres(readDatabaseUrl(url));
      expect([isDirect, startup]).toEqual([false, isStrict ? {} : { DateStyle: "ISO", TimeZone: "UTC" }]);
    });

    test("instances that start together migrate once, and leave no lock behind", async () => {
      await Promise.all([migrateTestPostgres(url), migrateTestPostgres(url), migrateTestPostgres(url)]);
      const open = await openTestPostgres(direct);
      const rows = await open.prisma.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory'`;
      expect(rows).toEqual([{ count: 0 }]);
      await open.close();
    });

    test("everything is asked and answered as without it, by 64 at once, from two instances", async () => {
      const instances = [await openTestPostgres(url), await openTestPostgres(url)];
      const moment = new Date("2026-07-01T12:34:56.789Z");
      const work = async ({ prisma, connection }: (typeof instances)[number], subject: string) => {
        const data = { issuer: "i", subject, email: "a@b.test", createdAt: moment };
        await prisma.$transaction(async (tx) => tx.user.create({ data }));
        expect((await prisma.user.findFirstOrThrow({ where: { subject } })).createdAt).toEqual(moment);
        expect(await connection.query(NAMED, [subject])).toEqual([{ count: 1 }]);
        await prisma.user.update({ where: { issuer_subject: { issuer: "i", subject } }, data: { name: "x" } });
      };
      const turns = Array.from({ length: 64 }, (_, index) =>
        instances.map((open, which) => work(open, `${which}-${index}`)),
      );
      await Promise.all(turns.flat());
      for (const open of instances) await open.close();
    });

    test("its server may be on any zone, and another client of the same pool may set another one", async () => {
      const other = await openTestPostgres(url);
      await other.connection.write({ name: "set", text: "SET TimeZone = 'Asia/Taipei'; SET DateStyle = 'German'" }, []);
      const open = await openTestPostgres(url);
      const moment = new Date("2026-01-01T00:00:00Z");
      const { id } = await open.prisma.user.create({
        data: { issuer: "z", subject: "z", email: "a@b.test", createdAt: moment },
      });
      expect((await open.prisma.user.findUniqueOrThrow({ where: { id } })).createdAt).toEqual(moment);
      await Promise.all([other.close(), open.close()]);
    });

    test("a statement inside a transaction does not last longer than ten seconds", async () => {
      const open = await openTestPostgres(url);
      const [shown] = await open.prisma.$transaction(
        async (tx) => tx.$queryRaw<object[]>`
      SELECT current_setting('statement_timeout') AS timeout, current_setting('transaction_isolation') AS level`,
      );
      expect(shown).toEqual({ timeout: "10s", level: "read committed" });
      await open.close();
    });

    // It waits a quarter of a minute before it looks again, in either mode.
    test.skipIf(mode === "session" || isStrict)(
      "when PostgreSQL restarts behind it, callers are told to come again, and then it goes on",
      async () => {
        const open = await openTestPostgres(url);
        await open.prisma.user.count();
        await postgres.halt();
        expect(isDatabaseUnavailable(await open.prisma.user.count().catch((error: unknown) => error))).toBe(true);
        await postgres.start();
        await expect
          .poll(
            () =>
              open.prisma.user.count().then(
                () => "counted",
                () => "failed",
              ),
            { timeout: 20_000 },
          )
          .toBe("counted");
        await administrate(direct, "SELECT 1");
        await open.close();
      },
    );
  },
);
