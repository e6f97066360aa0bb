import { expect, test } from "vitest";
import { toAuditWhere } from "#lib/audit/list-audit-events";
import { auditFilterSchema } from "#lib/audit/schema";
import { generateKeySchema } from "#lib/keys/schema";
import { toKeyColumns } from "#lib/keys/to-api-key";
import { readMoment } from "#lib/pasted/read-moment";
import { readSchedule } from "#lib/posts/read-schedule";

const YEAR = new Date().getUTCFullYear() + 1;

/** Every place that takes a moment from outside; each throws at what it does not take for one. */
const readers: Record<string, (text: string) => Date | null | undefined> = {
  schedule: (scheduledAt) => readSchedule({ post: { scheduledAt } }),
  "key's expiry": (expires_at) => toKeyColumns(generateKeySchema.parse({ name: "a", expires_at })).expiresAt,
  "audit log's beginning": (from) => {
    const { at } = toAuditWhere(auditFilterSchema.parse({ from }));
    return (at as { gte: Date }).gte;
  },
};

for (const [where, read] of Object.entries(readers)) {
  test.each([
    ["01-31T01:00:00Z", "01-31T01:00:00Z"],
    ["01-31T01:00Z", "01-31T01:00:00Z"],
    ["01-31T09:00:00+08:00", "01-31T01:00:00Z"],
    ["01-31T09:00:00+0800", "01-31T01:00:00Z"],
    ["01-30T21:00:00-0400", "01-31T01:00:00Z"],
    ["01-31T01:00:00.000000000Z", "01-31T01:00:00Z"],
    ["01-31t01:00:00z", "01-31T01:00:00Z"],
  ])(`the ${where} may be written %s`, (text, moment) => {
    expect(read(`${YEAR}-${text}`)).toEqual(new Date(`${YEAR}-${moment}`));
  });

  test.each([
    ["without a zone", "01-31T01:00:00"],
    ["with half a zone", "01-31T01:00:00+8"],
    ["on a day that is not", "02-31T01:00:00Z"],
    ["with a fraction without end", `01-31T01:00:00.${"0".repeat(9000)}Z`],
  ])(`the ${where} is no time %s`, (_what, text) => {
    expect(() => read(`${YEAR}-${text}`)).toThrow();
  });
}

test.each([
  "",
  "2027-01-31",
  "20270131T010000Z",
  "2027-01-31 01:00:00Z",
  "2027-01-31T25:00:00Z",
  "+020270-01-01T00:00Z",
])("%j is no moment", (text) => {
  expect(readMoment(text)).toBeUndefined();
});
