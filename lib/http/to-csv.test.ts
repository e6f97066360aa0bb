import { expect, test } from "vitest";
import type { AuditEvent } from "#lib/audit/schema";
import { toAuditCsv, toCsv, toKeysCsv } from "#lib/http/to-csv";
import type { ApiKey } from "#lib/keys/schema";

test("what a spreadsheet would take for a formula becomes text", () => {
  for (const start of ["=", "+", "-", "@", "\t", "＝"]) {
    expect(toCsv([[`${start}cmd()`, "x"]])).toBe(`\ufeff'${start}cmd(),x\r\n`);
  }
  expect(toCsv([["\rcmd()"]])).toBe(`\ufeff"'\rcmd()"\r\n`);
});

test("commas, quotes and line breaks stay inside their cell", () => {
  expect(toCsv([['a "b", c', "d\ne", ""], ["金鑰"]])).toBe('\ufeff"a ""b"", c","d\ne",\r\n金鑰\r\n');
});

/** Cells by the names of their columns, of a text that has one line beside its head. */
const readOne = (csv: string) => {
  const [head = "", line = "", ...others] = csv.replace("\ufeff", "").split("\r\n");
  expect(others).toEqual([""]);
  const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
  const names = head.split(",");
  expect(cells).toHaveLength(names.length);
  return Object.fromEntries(
    names.map((name, index) => [name, cells[index]?.[1]?.replaceAll('""', '"') ?? cells[index]?.[2]]),
  );
};

test("a key is a line of what the list shows, and of nothing else", () => {
  const key = {
    id: "7",
    name: '=HYPERLINK("https://evil.example")',
    key_preview: "boring_abc...",
    environment: null,
    status: "active",
    created_at: "2025-01-15T10:30:00Z",
    last_used_at: null,
    expires_at: null,
    scopes: ["posts:read", "posts:write"],
    allowed_addresses: ["192.0.2.0/24", "2001:db8::/32"],
    rate_limit_per_minute: 60,
    note: "a, b",
    key: "boring_0123456789ABCDEFGHIJabcdefghij3dpHPp",
  } as unknown as ApiKey;
  const csv = toKeysCsv([key]);
  expect(csv).not.toContain("0123456789");
  expect(readOne(csv)).toEqual({
    ...{ id: "7", name: `'=HYPERLINK("https://evil.example")`, key_preview: "boring_abc...", environment: "" },
    ...{ status: "active", created_at: "2025-01-15T10:30:00Z", last_used_at: "", expires_at: "" },
    ...{ scopes: "posts:read posts:write", allowed_addresses: "192.0.2.0/24 2001:db8::/32" },
    ...{ rate_limit_per_minute: "60", note: "a, b" },
  });
});

test("an event is a line, whoever called and with whatever name", () => {
  const event: AuditEvent = {
    ...{ id: "0a", at: "2025-01-15T10:30:00Z", action: "key.refused", actor: "api_key", session_id: null },
    key: { id: "7", name: "Production", key_preview: "boring_abc..." },
    ...{ actor_user: null, actor_id: null },
    ...{ address: "203.0.113.7", user_agent: "@SUM(1+1)|cmd", details: { reason: "disabled", name: 'a "b"' } },
  };
  expect(readOne(toAuditCsv([event]))).toEqual({
    ...{ at: "2025-01-15T10:30:00Z", action: "key.refused", actor: "api_key", id: "0a", session_id: "" },
    ...{ key_id: "7", key_name: "Production", key_preview: "boring_abc...", address: "203.0.113.7" },
    ...{ user_agent: "'@SUM(1+1)|cmd", details: JSON.stringify(event.details) },
    ...{ actor_id: "", actor_name: "", actor_email: "" },
  });
  expect(readOne(toAuditCsv([{ ...event, key: null, address: null, user_agent: null }]))).toMatchObject({
    ...{ key_id: "", key_name: "", key_preview: "", address: "", user_agent: "" },
  });
  const ada = { id: "9", name: "=Ada", email: "ada@example.com" };
  expect(readOne(toAuditCsv([{ ...event, actor: "user", actor_user: ada, actor_id: "9" }]))).toMatchObject({
    ...{ actor: "user", actor_id: "9", actor_name: "'=Ada", actor_email: "ada@example.com" },
  });
  expect(readOne(toAuditCsv([{ ...event, actor: "user", actor_id: "9" }]))).toMatchObject({
    ...{ actor: "user", actor_id: "9", actor_name: "", actor_email: "" },
  });
});

test("the columns of the log keep their places, and new ones come behind them", () => {
  expect(toAuditCsv([])).toBe(
    "\ufeffat,action,actor,key_id,key_name,key_preview,session_id,address,user_agent,details,id,actor_id,actor_name,actor_email\r\n",
  );
});
