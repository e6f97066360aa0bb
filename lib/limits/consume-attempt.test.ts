import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { consumeAttempt, toSource } from "#lib/limits/consume-attempt";

const LIMIT = { points: 3, durationSeconds: 60 };

// The embedded database runs the statements that PostgreSQL is sent, so that both stores are tried here.
describe.each(["pglite", "postgresql"] as const)("attempts counted for %s", (kind) => {
  let db: Database;
  let name: string;
  let tests = 0;

  beforeAll(async () => {
    db = await useMemoryDatabase();
    db.connection.kind = kind;
  });
  afterAll(closeDatabase);
  beforeEach(() => {
    name = `test-${tests++}`;
  });

  test("exactly the limit is allowed of attempts that arrive together, and the rest is told when to come back", async () => {
    const attempts = await Promise.all(
      Array.from({ length: 12 }, () => consumeAttempt(name, "192.0.2.1", { ...LIMIT })),
    );
    expect(attempts.filter(({ isAllowed }) => isAllowed)).toHaveLength(3);
    for (const attempt of attempts) {
      if (attempt.isAllowed) continue;
      expect(attempt.retryAfterSeconds).toBeGreaterThan(0);
      expect(attempt.retryAfterSeconds).toBeLessThanOrEqual(60);
    }
  });

  test("other sources and other kinds of attempts are counted apart", async () => {
    for (let count = 0; count < 4; count++) await consumeAttempt(name, "192.0.2.1", LIMIT);
    expect(await consumeAttempt(name, "192.0.2.1", LIMIT)).toMatchObject({ isAllowed: false });
    expect(await consumeAttempt(name, "192.0.2.2", LIMIT)).toEqual({ isAllowed: true });
    expect(await consumeAttempt(`${name}-other`, "192.0.2.1", LIMIT)).toEqual({ isAllowed: true });
  });

  test("addresses of one IPv6 network are one source", async () => {
    for (let count = 0; count < 3; count++) await consumeAttempt(name, `2001:db8:1:2:${count}::1`, LIMIT);
    expect(await consumeAttempt(name, "2001:db8:1:2:ffff::9", LIMIT)).toMatchObject({ isAllowed: false });
    expect(await consumeAttempt(name, "2001:db8:1:3::1", LIMIT)).toEqual({ isAllowed: true });
  });

  test("a source that waited is allowed again", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
    for (let count = 0; count < 4; count++) await consumeAttempt(name, "192.0.2.1", LIMIT);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(await consumeAttempt(name, "192.0.2.1", LIMIT)).toEqual({ isAllowed: false, retryAfterSeconds: 1 });
    await vi.advanceTimersByTimeAsync(1_001);
    expect(await consumeAttempt(name, "192.0.2.1", LIMIT)).toEqual({ isAllowed: true });
    vi.useRealTimers();
  });
});

test("a limiter that could not be made is made at the next attempt", async () => {
  const db = await useMemoryDatabase();
  const { kind } = db.connection;
  // Whatever keeps it from being made passes.
  Object.defineProperty(db.connection, "kind", {
    configurable: true,
    get: () => {
      throw new Error("not now");
    },
  });
  await expect(consumeAttempt("later", "192.0.2.1", LIMIT)).rejects.toThrow("not now");
  Object.defineProperty(db.connection, "kind", { value: kind });
  expect(await consumeAttempt("later", "192.0.2.1", LIMIT)).toEqual({ isAllowed: true });
  await closeDatabase();
});

test("a source has one spelling", () => {
  expect(toSource("::ffff:192.0.2.1")).toBe("192.0.2.1");
  expect(toSource("2001:DB8::1")).toBe(toSource("2001:db8:0:0:ffff::2"));
  expect(toSource("")).toBe("unknown");
});
