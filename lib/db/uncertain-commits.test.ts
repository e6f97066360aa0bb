import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isDatabaseUnavailable, UncertainCommitError, watchCommits } from "#lib/db/database-errors";
import { migrateTestPostgres, openTestPostgres } from "#lib/db/testing/open-test-postgres";
import { type Cutter, startCutter } from "#lib/db/testing/start-cutter";
import { findPostgres, type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";

describe.skipIf(!findPostgres())("when the connection to PostgreSQL breaks", () => {
  let postgres: Postgres;
  let cutter: Cutter;
  let open: Awaited<ReturnType<typeof openTestPostgres>>;
  let subject = 0;

  beforeAll(async () => {
    postgres = await startPostgres();
    const url = await postgres.createDatabase("cut");
    await migrateTestPostgres(url);
    cutter = await startCutter(postgres.port);
    open = await openTestPostgres(url.replace(String(postgres.port), String(cutter.port)));
  });
  afterAll(async () => {
    await open.close();
    cutter.stop();
    await postgres.stop();
  });
  beforeEach(() => {
    subject++;
  });

  const data = () => ({ issuer: "i", subject: String(subject), email: "a@b.test" });
  const count = () => open.prisma.user.count({ where: { subject: String(subject) } });
  const CHANGES = {
    "a transaction": () => open.prisma.$transaction(async (tx) => void (await tx.user.create({ data: data() }))),
    "several statements together": () =>
      open.prisma.$transaction([open.prisma.user.create({ data: data() }), open.prisma.user.count()]),
  };

  test.each(Object.entries(CHANGES))("%s whose end arrived is told as uncertain, and is there", async (_, change) => {
    cutter.cut("after", "COMMIT\0");
    const error = await change().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UncertainCommitError);
    await expect.poll(count).toBe(1);
  });

  test.each(Object.entries(CHANGES))("%s whose end did not arrive is told as uncertain, too", async (_, change) => {
    cutter.cut("before", "COMMIT\0");
    expect(await change().catch((thrown: unknown) => thrown)).toBeInstanceOf(UncertainCommitError);
    expect(await count()).toBe(0);
  });

  test("so is a statement that is a change of its own", async () => {
    cutter.cut("after", "INSERT");
    expect(await open.prisma.user.create({ data: data() }).catch((thrown: unknown) => thrown)).toBeInstanceOf(
      UncertainCommitError,
    );
    await expect.poll(count).toBe(1);
    cutter.cut("after", "DELETE");
    const deleting = open.prisma.$executeRaw`DELETE FROM users WHERE subject = ${String(subject)}`;
    expect(await deleting.catch((thrown: unknown) => thrown)).toBeInstanceOf(UncertainCommitError);
  });

  test("what breaks before the end certainly did nothing, and says no more than that", async () => {
    cutter.cut("after", "INSERT");
    const inside = await CHANGES["a transaction"]().catch((thrown: unknown) => thrown);
    cutter.cut("after", "SELECT");
    const reading = await count().catch((thrown: unknown) => thrown);
    for (const error of [inside, reading]) {
      expect(error).not.toBeInstanceOf(UncertainCommitError);
      expect(isDatabaseUnavailable(error)).toBe(true);
    }
    expect(await count()).toBe(0);
  });

  test("whoever reads after the end knows that something was committed", async () => {
    const watch = { isCommitted: false };
    const failing = watchCommits(watch, async () => {
      await CHANGES["a transaction"]();
      cutter.cut("before", "SELECT");
      return count();
    });
    await expect(failing).rejects.toThrow();
    expect(watch.isCommitted).toBe(true);
    const other = { isCommitted: false };
    await watchCommits(other, count);
    expect(other.isCommitted).toBe(false);
  });

  test("a transaction in which something failed unheard is not taken for committed", async () => {
    const swallowing = open.prisma.$transaction(async (tx) => {
      await tx.user.create({ data: data() });
      await tx.$executeRaw`SELECT 1 / 0`.catch(() => {});
    });
    await expect(swallowing).rejects.toThrow(/rolled back/);
    expect(await count()).toBe(0);
  });
});
