import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { spendRequest } from "#lib/limits/spend-request";
import { takeTokens } from "#lib/limits/take-tokens";

let db: Database;
let keyId: string;

beforeAll(async () => {
  db = await useMemoryDatabase();
});
afterAll(closeDatabase);
beforeEach(() => {
  keyId = randomUUID();
});

const spend = (count: number, limit: number) =>
  Promise.all(Array.from({ length: count }, () => spendRequest(keyId, limit)));

const refillFor = (seconds: number) => db.prisma.$executeRaw`
  UPDATE rate_buckets SET refilled_at = refilled_at - make_interval(secs => ${seconds}) WHERE key_id = ${keyId}::uuid`;

// The embedded database runs the statement that PostgreSQL is sent, so that both stores are tried here.
describe.each(["pglite", "postgresql"] as const)("requests counted for %s", (kind) => {
  beforeEach(() => {
    db.connection.kind = kind;
  });

  test("exactly the limit is allowed of requests that arrive together", async () => {
    const answers = await spend(24, 6);
    expect(answers.filter(({ isAllowed }) => isAllowed)).toHaveLength(6);
    for (const answer of answers.filter(({ isAllowed }) => !isAllowed)) {
      expect(answer).toMatchObject({ limit: 6, remaining: 0, retrySeconds: 10 });
    }
  });

  test("a refused key is refused without asking, until it can have a token", async () => {
    await spend(3, 3);
    expect(await spendRequest(keyId, 3)).toMatchObject({ isAllowed: false });
    const query = vi.spyOn(db.connection, "query");
    expect(spendRequest(keyId, 3)).toMatchObject({ isAllowed: false, retrySeconds: 20 });
    expect(query).not.toHaveBeenCalled();
    query.mockRestore();
  });

  test("another limit counts from the next request on", async () => {
    await spend(3, 3);
    expect(await spendRequest(keyId, 3)).toMatchObject({ isAllowed: false, retrySeconds: 20 });
    expect(await spendRequest(keyId, 60)).toMatchObject({ isAllowed: false, limit: 60, retrySeconds: 1 });
  });

  test("keys are counted apart", async () => {
    await spend(3, 2);
    expect(await spendRequest(randomUUID(), 2)).toMatchObject({ isAllowed: true, remaining: 1 });
  });
});

describe("the shared bucket", () => {
  beforeEach(() => {
    db.connection.kind = "postgresql";
  });

  test("gives what refilled by the database's clock, in whole tokens, and never more than the limit", async () => {
    const wish = { limit: 60, needed: 60, spare: 0 };
    expect(await takeTokens(keyId, wish)).toEqual({ granted: 60, tokens: 0 });
    await refillFor(2.5);
    const { granted, tokens } = await takeTokens(keyId, wish);
    expect(granted).toBe(2);
    expect(tokens).toBeGreaterThanOrEqual(0.5);
    await refillFor(3600);
    expect(await takeTokens(keyId, { ...wish, needed: 100 })).toMatchObject({ granted: 60 });
  });

  test("leaves no more behind than what, with the spare tokens, is the limit when their lease ends", async () => {
    await takeTokens(keyId, { limit: 600, needed: 1, spare: 0 });
    expect(await takeTokens(keyId, { limit: 600, needed: 1, spare: 5 })).toEqual({ granted: 6, tokens: 585 });
  });

  test("is asked once for requests that wait together, and seldom for a key in steady use", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const query = vi.spyOn(db.connection, "query");
    await spend(50, 600);
    expect(query.mock.calls.length).toBeLessThanOrEqual(2);
    vi.advanceTimersByTime(1000);
    for (let second = 0; second < 3; second++) {
      query.mockClear();
      for (let count = 0; count < 10; count++) {
        expect(await spendRequest(keyId, 600)).toMatchObject({ isAllowed: true });
        vi.advanceTimersByTime(100);
      }
      expect(query.mock.calls.length).toBeLessThanOrEqual(3);
    }
    query.mockRestore();
    vi.useRealTimers();
  });

  test("lets nothing through when it cannot be asked, and keeps nobody waiting", async () => {
    const query = vi.spyOn(db.connection, "query").mockRejectedValue(new Error("gone"));
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => spendRequest(keyId, 600)));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill("rejected"));
    query.mockRestore();
    expect(await spendRequest(keyId, 600)).toMatchObject({ isAllowed: true, remaining: 599 });
  });
});
