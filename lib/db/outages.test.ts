import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isDatabaseUnavailable, UncertainCommitError } from "#lib/db/database-errors";
import { administrate, migrateTestPostgres, openTestPostgres } from "#lib/db/testing/open-test-postgres";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";

type Open = Awaited<ReturnType<typeof openTestPostgres>>;

let subject = 0;
const data = () => ({ issuer: "i", subject: String(subject++), email: "a@b.test" });

// Every way in which the product asks.
const WAYS: Record<string, (open: Open) => Promise<unknown>> = {
  "a read": ({ prisma }) => prisma.user.count(),
  "a change": ({ prisma }) => prisma.user.create({ data: data() }),
  "a statement": ({ prisma }) => prisma.$executeRaw`UPDATE users SET name = 'x' WHERE subject = '0'`,
  "a transaction": ({ prisma }) => prisma.$transaction(async (tx) => tx.user.create({ data: data() })),
  "a batch": ({ prisma }) => prisma.$transaction([prisma.user.create({ data: data() }), prisma.user.count()]),
  "a quick question": ({ connection }) => connection.query({ name: "count", text: "SELECT count(*) FROM users" }, []),
  "a quick change": ({ connection }) =>
    connection.write({ name: "rename", text: "UPDATE users SET name = 'y' WHERE subject = '0'" }, []),
};

/** What every way threw, by its name; those that succeeded are left out. */
const tryAll = async (open: Open) => {
  const thrown = new Map<string, unknown>();
  for (const [name, ask] of Object.entries(WAYS)) await ask(open).catch((error) => thrown.set(name, error));
  return thrown;
};

const isForCallers = (error: unknown) => error instanceof UncertainCommitError || isDatabaseUnavailable(error);

describe.skipIf(!findPostgres())("a PostgreSQL that is not there for a while", () => {
  let postgres: Postgres;
  let url: string;
  beforeAll(async () => {
    postgres = await startPostgres();
    url = await postgres.createDatabase("outages");
    await migrateTestPostgres(url);
  });
  afterAll(() => postgres.stop());

  test("stopped, started and restarted under load it is never an error of ours, and is back at once", async () => {
    const open = await openTestPostgres(url);
    const strange: unknown[] = [];
    let isOver = false;
    const work = async () => {
      while (!isOver) {
        for (const ask of Object.values(WAYS)) {
          await ask(open).catch((error) => {
            if (!isForCallers(error)) strange.push(error);
          });
        }
      }
    };
    const working = Promise.all(Array.from({ length: 8 }, work));
    for (let round = 0; round < 3; round++) {
      await postgres.halt();
      expect([...(await tryAll(open)).values()].every(isForCallers)).toBe(true);
      await postgres.start();
      await postgres.restart();
      await expect.poll(async () => (await tryAll(open)).size, { timeout: 5000 }).toBe(0);
    }
    isOver = true;
    await working;
    expect(strange).toEqual([]);
    await open.close();
  });

  test("one that only reads refuses changes, which certainly did nothing", async () => {
    await administrate(
      url,
      "CREATE ROLE reader LOGIN SUPERUSER",
      "ALTER ROLE reader SET default_transaction_read_only = on",
    );
    const open = await openTestPostgres(url.replace("boring@", "reader@"));
    const thrown = await tryAll(open);
    expect([...thrown.keys()]).toEqual(["a change", "a statement", "a transaction", "a batch", "a quick change"]);
    for (const error of thrown.values()) {
      expect(error).not.toBeInstanceOf(UncertainCommitError);
      expect(isDatabaseUnavailable(error)).toBe(true);
    }
    await open.close();
  });

  test("one without connections left is unavailable", async () => {
    await administrate(
      url,
      "CREATE ROLE crowded LOGIN CONNECTION LIMIT 1",
      "GRANT pg_write_all_data, pg_read_all_data TO crowded",
    );
    const crowded = url.replace("boring@", "crowded@");
    const open = await openTestPostgres(crowded);
    // Holds the one connection that there is.
    const holding = open.prisma.$transaction(async () => {
      const thrown = await tryAll(open);
      expect(thrown.size).toBe(Object.keys(WAYS).length);
      for (const error of thrown.values()) {
        expect(error).not.toBeInstanceOf(UncertainCommitError);
        expect(isDatabaseUnavailable(error)).toBe(true);
      }
    });
    await holding;
    await open.close();
  });

  test.each(["serializable", "repeatable read"])("set to %s it does what it does elsewhere", async (level) => {
    await administrate(url, `ALTER DATABASE outages SET default_transaction_isolation = '${level}'`);
    const open = await openTestPostgres(url);
    const { id } = await open.prisma.user.create({ data: { ...data(), name: "0" } });
    const increase = (prisma: Pick<Open["prisma"], "$executeRaw">) =>
      prisma.$executeRaw`UPDATE users SET name = (name::int + 1)::text WHERE id = ${id}::uuid`;
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        await increase(open.prisma);
        await open.prisma.$transaction(async (tx) => {
          await tx.user.count();
          await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${id}::uuid FOR UPDATE`;
          await increase(tx);
        });
      }),
    );
    expect((await open.prisma.user.findUniqueOrThrow({ where: { id } })).name).toBe("40");
    await open.close();
    await administrate(url, "ALTER DATABASE outages RESET default_transaction_isolation");
  });

  test("what others hold for too long, and who wait for each other, are told to come again", async () => {
    await administrate(url, "ALTER DATABASE outages SET lock_timeout = '50ms'");
    const open = await openTestPostgres(url);
    const { id } = await open.prisma.user.create({ data: data() });
    await open.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${id}::uuid FOR UPDATE`;
      const waiting = open.prisma.user.update({ where: { id }, data: { name: "x" } });
      expect(isDatabaseUnavailable(await waiting.catch((error: unknown) => error))).toBe(true);
    });
    await open.close();
    await administrate(url, "ALTER DATABASE outages RESET lock_timeout");
  });
});
