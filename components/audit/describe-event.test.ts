import { expect, test } from "vitest";
import type { AuditEvent } from "#lib/audit/schema";
import en from "../../lib/i18n/en.json" with { type: "json" };
import { describeEvent } from "./describe-event";

const describe = (event: Partial<AuditEvent>) =>
  describeEvent(
    {
      id: "00",
      at: "2025-01-15T10:30:00Z",
      action: "session.started",
      actor: "user",
      ...{ actor_user: null, actor_id: null },
      key: { id: "1", name: "Production", key_preview: "boring_abc..." },
      session_id: "here",
      address: null,
      user_agent: null,
      details: {},
      ...event,
    },
    en,
  );

test("a change tells each member with both of its values", () => {
  const changes = {
    name: { from: "A", to: "B" },
    scopes: { from: ["*"], to: ["posts:read", "posts:write"] },
    expires_at: { from: null, to: "2027-01-31T00:00:00Z" },
    allowed_addresses: { from: [], to: ["192.0.2.0/24"] },
  };
  expect(describe({ action: "key.updated", details: { changes } })).toEqual({
    sentence: "“Production” was changed",
    changes: [
      "Name: A → B",
      "Scopes: everything → posts:read, posts:write",
      "Expires: none → 2027-01-31T00:00:00Z",
      "Allowed addresses: none → 192.0.2.0/24",
    ],
  });
});

test("one's own session and another one are told apart", () => {
  const user_agent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
  const ended = (session_id: string) => describe({ action: "session.ended", details: { session_id, user_agent } });
  expect(ended("here").sentence).toBe("Signed out");
  expect(ended("there").sentence).toBe("Another session was signed out: Firefox on Linux");
});

test("a refusal says why, a leak says who told", () => {
  const refused = (reason: string) => describe({ action: "key.refused", details: { reason } }).sentence;
  expect(refused("disabled")).toBe("A request with “Production” was refused: the key is disabled");
  expect(refused("something new")).toBe("A request with “Production” was refused: something new");
  const leaked = (actor: AuditEvent["actor"]) => describe({ action: "key.leaked", actor }).sentence;
  expect(leaked("github")).toBe("“Production” was reported as leaked by GitHub");
  expect(leaked("user")).toBe("“Production” was reported as leaked by you");
});

test("details of another shape than expected are left out", () => {
  const changes = { name: "A" };
  expect(describe({ action: "key.updated", key: null, details: { changes } })).toEqual({
    sentence: "“unknown key” was changed",
    changes: [],
  });
});
