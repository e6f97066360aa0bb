import { cpSync, rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { tryKey } from "#lib/testing/console/api-client";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { createPerson, createTeam } from "./team.ts";

test("a restored backup brings no deleted organization, removed member or deleted account back", async () => {
  test.setTimeout(300_000);
  let given: Pick<RunningServer, "dataDir" | "port"> | undefined;
  const start = async () => {
    const server = await startServer(given);
    given = { dataDir: server.dataDir, port: server.port };
    return server;
  };
  const database = () => path.join(given?.dataDir ?? "", "pglite");
  const backup = () => path.join(given?.dataDir ?? "", "backup");

  const first = await start();
  const { url } = first;
  const [ended, kept] = [await createTeam(url, "Ended"), await createTeam(url, "Kept")];
  const key = await ended.admin.generateKey("Of what ended");
  const membersKey = await kept.member.generateKey("Of who is removed");
  const adminsKey = await kept.admin.generateKey("Of who stays");
  const leaver = await createPerson(url);
  const leaversKey = await leaver.generateKey("Of who deletes their account");
  const invited = await createPerson(url);
  const { json: link } = await kept.owner.ask(`/api/organizations/${kept.id}/invitations`, {
    json: { email: invited.email, role: "admin" },
  });
  await first.stop();
  cpSync(database(), backup(), { recursive: true });

  const second = await start();
  const members = `/api/organizations/${kept.id}/members`;
  await ended.owner.ask(`/api/organizations/${ended.id}`, { method: "DELETE", json: { name: "Ended" } });
  expect(await tryKey(url, key.key)).toBe(401);
  // Invited before the backup, a member after it, and removed.
  await invited.ask(`/api/invitations/${link.id}/accept`, { method: "POST" });
  await kept.owner.ask(`${members}/${invited.id}`, { method: "DELETE" });
  await kept.owner.ask(`${members}/${kept.member.id}?keys=disable`, { method: "DELETE" });
  // The only owner that the backup knows goes after appointing another.
  await kept.owner.ask(`${members}/${kept.admin.id}`, { method: "PATCH", json: { role: "owner" } });
  expect((await kept.owner.ask(`${members}/${kept.owner.id}`, { method: "DELETE" })).status).toBe(200);
  await leaver.ask("/api/user", { method: "DELETE", json: { email: leaver.email } });
  await second.stop();
  rmSync(database(), { recursive: true });
  cpSync(backup(), database(), { recursive: true });

  const third = await start();
  for (const { key: secret } of [key, membersKey, leaversKey]) expect(await tryKey(url, secret)).toBe(401);
  expect(await tryKey(url, adminsKey.key)).toBe(200);
  for (const person of [ended.owner, ended.admin, ended.member]) {
    expect((await person.ask(`/api/organizations/${ended.id}`)).status).toBe(404);
  }
  for (const person of [kept.owner, kept.member, invited]) {
    expect((await person.ask(`/api/organizations/${kept.id}`)).status).toBe(404);
  }
  expect((await kept.admin.ask(members)).json).toMatchObject({
    count: 1,
    results: [{ id: kept.admin.id, role: "owner" }],
  });
  expect((await invited.ask(`/api/invitations/${link.id}/accept`, { method: "POST" })).status).toBe(404);
  expect((await leaver.ask("/api/user")).status).toBe(401);
  const { json } = await kept.admin.ask("/api/audit-events?action=member.removed");
  expect(json).toMatchObject({ results: [{ actor: "operator", details: { restored: true } }, { actor: "operator" }] });
  expect(third.output()).toContain("A restored backup had undone 6 removals");
  await third.stop();

  // Nothing happens to it a second time, and a member of today stays one.
  const fourth = await start();
  expect(fourth.output()).not.toContain("A restored backup");
  expect((await kept.admin.ask(members)).json).toMatchObject({ count: 1 });
  await fourth.stop();
});
