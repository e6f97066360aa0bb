import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { listAccounts } from "#lib/accounts/get-account";
import { notes } from "#lib/accounts/testing/test-connector";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import { closeDatabase, type Database } from "#lib/db/database";
import { NetworkError } from "#lib/networks/network-error";
import { cancelPost, retryPost } from "#lib/posts/retry-post";
import { say } from "#lib/problems/problem";
import { publishPost } from "#lib/publishing/publish-post";
import { cutAfterAccepting, failOnce, startNetwork, type TestNetwork } from "#lib/publishing/testing/test-network";
import { acceptPost, createOwner, letTimePass, type Owner, readPost } from "#lib/publishing/testing/test-post";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

let db: Database;
let owner: Owner;
/** What the network has, by identity. */
let network: TestNetwork;

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  network = startNetwork();
  owner = await createOwner();
});

test("an answer that was lost is asked for, and what is there is not sent again", async () => {
  const id = await acceptPost(owner, ["one"]);
  cutAfterAccepting(network);
  await publishPost(id);
  expect(await readPost(owner)).toMatchObject({ status: "publishing", attempt_log: [{ outcome: "later" }] });
  await expect(cancelPost(owner, id)).rejects.toMatchObject({ code: "InvalidState" });
  await letTimePass(db, id);
  await publishPost(id);
  expect(notes.publish).toHaveBeenCalledTimes(1);
  expect(await readPost(owner)).toMatchObject({ status: "published", parts: [{ index: 0 }] });
});

test("what never arrived is sent again under the identity it had", async () => {
  const id = await acceptPost(owner, ["one"]);
  failOnce("publish", "uncertain");
  await publishPost(id);
  await letTimePass(db, id);
  await publishPost(id);
  const identities = vi.mocked(notes.publish).mock.calls.map(([, { identity }]) => identity);
  expect(new Set(identities).size).toBe(1);
  expect(await readPost(owner)).toMatchObject({ status: "published" });
});

test("where a network cannot be asked the post is unknown until its owner decides", async () => {
  const id = await acceptPost(owner, ["one"]);
  cutAfterAccepting(network);
  vi.mocked(notes.reconcile).mockResolvedValueOnce("unknown");
  await publishPost(id);
  await letTimePass(db, id);
  await publishPost(id);
  expect(await readPost(owner)).toMatchObject({ status: "unknown", next_at: null, error_name: "OutcomeUnknown" });
  await expect(retryPost(owner, id, "retry"), "not by accident").rejects.toMatchObject({ code: "InvalidState" });
  await retryPost(owner, id, "check");
  await expect(cancelPost(owner, id)).rejects.toMatchObject({ code: "InvalidState" });
  await publishPost(id);
  expect(notes.publish).toHaveBeenCalledTimes(1);
  expect(await readPost(owner)).toMatchObject({ status: "published" });
});

test("a network that stays silent about what it has leaves the post unknown, never failed", async () => {
  const id = await acceptPost(owner, ["one"]);
  cutAfterAccepting(network);
  vi.mocked(notes.reconcile).mockRejectedValue(
    new NetworkError("unavailable", say("server_said", { said: "It is down." })),
  );
  for (let attempt = 0; attempt < 8; attempt++) {
    await letTimePass(db, id);
    await publishPost(id);
  }
  expect(await readPost(owner)).toMatchObject({ status: "unknown" });
  await retryPost(owner, id, "force");
  await publishPost(id);
  expect(notes.publish, "the owner wanted it").toHaveBeenCalledTimes(2);
});

test("an expired credential is refreshed on the way", async () => {
  const id = await acceptPost(owner, ["one"]);
  failOnce("publish", "expired");
  vi.spyOn(notes, "refresh").mockResolvedValue({ credential: { token: "second" }, expiresAt: null });
  await publishPost(id);
  expect(vi.mocked(notes.publish).mock.calls.map(([account]) => account.credential)).toEqual([
    { token: "first" },
    { token: "second" },
  ]);
  expect(await readPost(owner)).toMatchObject({ status: "published", attempts: 1 });
});

test("a revoked credential fails the post and shows at the account", async () => {
  const id = await acceptPost(owner, ["one"]);
  failOnce("prepare", "revoked");
  await publishPost(id);
  expect(await readPost(owner)).toMatchObject({ status: "failed", error_name: "TokenExpired" });
  const { accounts } = await listAccounts(owner.organizationId);
  expect(accounts.find(({ account_id }) => account_id === owner.accountId)).toMatchObject({ status: "revoked" });
});

test("what fails before anything was sent is simply tried again", async () => {
  const id = await acceptPost(owner, ["one"]);
  failOnce("prepare", "uncertain");
  await publishPost(id);
  expect(await readPost(owner)).toMatchObject({ status: "queued" });
  expect(notes.publish).not.toHaveBeenCalled();
});
