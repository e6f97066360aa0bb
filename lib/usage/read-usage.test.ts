import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { closeDatabase, useMemoryDatabase } from "#lib/db/database";
import { deleteKey } from "#lib/keys/end-key";
import { generateKey } from "#lib/keys/generate-key";
import { createMember } from "#lib/organizations/testing/test-member";
import { flushRequests } from "#lib/usage/note-request";
import { listRequests, readSparklines, readUsage } from "#lib/usage/read-usage";
import { ALL, createKey, HOUR_MILLISECONDS, note, setTime } from "#lib/usage/testing/seed-requests";

beforeAll(useMemoryDatabase);
afterEach(() => {
  vi.useRealTimers();
});
afterAll(closeDatabase);

test("every hour or day of a period is there, and nothing from before it", async () => {
  const { organizationId, keyId } = await createKey();
  const now = Date.parse("2026-03-01T11:30:00Z");
  for (const hoursAgo of [0, 23, 24, 167, 168, 29 * 24 + 11, 29 * 24 + 12]) {
    setTime(new Date(now - hoursAgo * HOUR_MILLISECONDS).toISOString());
    note(keyId);
  }
  setTime(new Date(now).toISOString());
  await flushRequests();
  for (const [period, length, first, total] of [
    ["24h", 24, "2026-02-28T12:00:00Z", 2],
    ["7d", 168, "2026-02-22T12:00:00Z", 4],
    ["30d", 30, "2026-01-31T00:00:00Z", 6],
  ] as const) {
    const { buckets, totals } = await readUsage(organizationId, keyId, period);
    expect([period, buckets.length, buckets[0]?.start]).toEqual([period, length, first]);
    expect([period, totals.ok, buckets.reduce((sum, { ok }) => sum + ok, 0)]).toEqual([period, total, total]);
    expect(buckets[0]?.ok).toBe(1);
  }
});

test("a sparkline has thirty days, ends today and leaves refused attempts out", async () => {
  const { organizationId, keyId } = await createKey();
  for (const [moment, times] of [
    ["2026-01-30T23:59:59Z", 5],
    ["2026-01-31T00:00:00Z", 1],
    ["2026-03-01T00:00:00Z", 2],
  ] as const) {
    setTime(moment);
    for (let time = 0; time < times; time++) note(keyId);
    note(keyId, { status: 401, refusal: "disabled" });
  }
  await flushRequests();
  const sparklines = await readSparklines(organizationId);
  expect(sparklines).toEqual({ [keyId]: [1, ...Array.from({ length: 28 }, () => 0), 2] });
  expect(await readSparklines((await createMember()).organizationId)).toEqual({});
});

test("foreign, unknown, deleted and malformed keys are the same 404", async () => {
  const [owner, other] = [await createKey(), await createKey()];
  note(owner.keyId);
  await flushRequests();
  const deleted = (await generateKey(owner.member, { name: "Old" }, undefined)).id;
  await deleteKey(owner.member, deleted);
  for (const [organizationId, keyId] of [
    [other.organizationId, owner.keyId],
    [owner.organizationId, randomUUID()],
    [owner.organizationId, deleted],
    [owner.organizationId, "1"],
    [owner.organizationId, undefined],
  ] as const) {
    const notFound = { code: "NotFound", message: "API key not found" };
    await expect(readUsage(organizationId, keyId, "24h")).rejects.toMatchObject(notFound);
    await expect(listRequests(organizationId, keyId, ALL)).rejects.toMatchObject(notFound);
  }
});
