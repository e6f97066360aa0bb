import { expect } from "@playwright/test";
import type { User } from "#lib/testing/console/user";

type Event = {
  id: string;
  at: string;
  action: string;
  key: { id: string; name: string } | null;
  details: Record<string, unknown>;
};

/** One page of a person's audit log. */
export type EventPage = { count: number; next: string | null; previous: string | null; results: Event[] };

/** What a person's audit log says, newest first. */
export const listEvents = async (user: User, query = ""): Promise<EventPage> => {
  const { status, json, text } = await user.ask(`/api/audit-events${query}`);
  expect(status, text).toBe(200);
  return json as EventPage;
};
