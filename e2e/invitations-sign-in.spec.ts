import { randomUUID } from "node:crypto";
import { openHttpBrowser } from "#lib/testing/console/http-browser";
import { choose, startSignIn } from "#lib/testing/console/sign-in";
import { startServer } from "#lib/testing/console/start-server";
import { createUser } from "#lib/testing/console/user";
import { expect, test } from "./fixtures.ts";
import { findOrganization, invite, listOrganizations } from "./invitations.ts";

test("with ALLOWED_SIGN_INS Google's domain decides, a pending invitee enters, a revoked one does not, refusals are equal", async () => {
  const server = await startServer({ env: { ALLOWED_SIGN_INS: "firm.tld,owner@elsewhere.tld" } });
  const enter = async (email: string, domain = "") => {
    const browser = openHttpBrowser();
    const page = await startSignIn(browser, server.url);
    const answer = await browser.open(await choose(browser, server.url, page, { email, name: "", domain }));
    return { location: answer.location, isIn: browser.cookie(server.url, "session") !== undefined };
  };
  const inside = { location: `${server.url}/settings`, isIn: true };
  const refused = { location: `${server.url}/sign-in?callbackUrl=%2Fsettings&error=NotAllowed`, isIn: false };
  const [pending, revoked] = [`grace-${randomUUID()}@elsewhere.tld`, `grace-${randomUUID()}@elsewhere.tld`];

  expect(await enter("ada@elsewhere.tld", "firm.tld")).toEqual(inside);
  expect(await enter("eve@firm.tld")).toEqual(refused);
  expect(await enter("eve@firm.tld", "evil.tld")).toEqual(refused);
  expect(await enter(pending)).toEqual(refused);
  expect(await enter("unverified@example.com")).toEqual(refused);

  const owner = await createUser(server.url, "owner@elsewhere.tld");
  await invite(owner, pending.toUpperCase());
  const { id } = await invite(owner, revoked);
  const organization = await findOrganization(owner);
  await owner.ask(`/api/organizations/${organization}/invitations/${id}`, { method: "DELETE" });
  expect(await enter(revoked)).toEqual(refused);
  expect(await enter(pending)).toEqual(inside);
  expect(await listOrganizations(await createUser(server.url, pending))).toEqual([]);
  await server.stop();
});
