import { randomUUID } from "node:crypto";
import { vi } from "vitest";
import { database } from "#lib/db/database";
import { generateKey } from "#lib/keys/generate-key";
import { type NotedRequest, noteRequest } from "#lib/usage/note-request";

export const HOUR_MILLISECONDS = 3_600_000;

/** The first page, without a filter. */
export const ALL = { isRefused: undefined, skip: 0, take: 100 };

/** A new user. */
export const createUser = async () => {
  const { prisma } = await database();
  return prisma.user.create({ data: { issuer: "tests", subject: randomUUID(), email: "ada@example.com" } });
};

/** The actor for changes to a person's own keys. */
export const as = (organizationId: string) =>
  ({ kind: "user", organizationId, address: null, userAgent: null }) as const;

/** A key with an owner of its own. */
export const createKey = async () => {
  const user = await createUser();
  return { organizationId: user.id, keyId: (await generateKey(as(user.id), { name: "Production" }, undefined)).id };
};

/** Records an accepted request, unless `more` says otherwise. */
export const note = (keyId: string, more: Partial<NotedRequest> = {}) =>
  noteRequest({
    id: randomUUID(),
    keyId,
    method: "GET",
    route: "/v2/me",
    status: 200,
    milliseconds: 1.26,
    address: "192.0.2.1",
    userAgent: "curl/8.5.0",
    ...more,
  });

/** Freezes the clock at a moment. Timers continue. */
export const setTime = (moment: string) => vi.useFakeTimers({ toFake: ["Date"], now: new Date(moment) });
