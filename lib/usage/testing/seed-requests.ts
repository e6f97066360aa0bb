import { randomUUID } from "node:crypto";
import { vi } from "vitest";
import { generateKey } from "#lib/keys/generate-key";
import { createMember } from "#lib/organizations/testing/test-member";
import { type NotedRequest, noteRequest } from "#lib/usage/note-request";

export const HOUR_MILLISECONDS = 3_600_000;

/** The first page, without a filter. */
export const ALL = { isRefused: undefined, skip: 0, take: 100 };

/** A key with an owner of its own. */
export const createKey = async () => {
  const member = await createMember();
  const { id: keyId } = await generateKey(member, { name: "Production" }, undefined);
  return { member, organizationId: member.organizationId, keyId };
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
