import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type PostgresDatabase, usePostgresDatabase } from "#lib/db/testing/use-postgres-database";
import { findPostgres } from "#lib/testing/postgres/start-postgres";

describe.skipIf(!findPostgres())("on PostgreSQL", () => {
  let postgres: PostgresDatabase;
  beforeAll(async () => {
    postgres = await usePostgresDatabase();
  });
  afterAll(() => postgres.close());

  test("one connection is asked one thing at a time, also where a transaction reads several relations at once", async () => {
    const warnings: string[] = [];
    const note = ({ message }: Error) => warnings.push(message);
    process.on("warning", note);
    onTestFinished(() => void process.off("warning", note));
    const { prisma } = postgres.db;
    const data = { issuer: "tests", subject: "several", email: "ada@example.com" };
    const { id } = await prisma.user.create({ data });
    const include = { sessions: true, memberships: true, generatedKeys: true };
    const read = await prisma.$transaction((tx) => tx.user.findUniqueOrThrow({ where: { id }, include }));
    expect(read).toMatchObject({ id, sessions: [], memberships: [], generatedKeys: [] });
    await new Promise((resolve) => setImmediate(resolve));
    expect(warnings).toEqual([]);
  });
});
