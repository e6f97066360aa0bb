import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { notes } from "#lib/accounts/testing/test-connector";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import { closeDatabase, type Database } from "#lib/db/database";
import { NetworkError, type NetworkErrorReason } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";
import { publishPost } from "#lib/publishing/publish-post";
import { toPart } from "#lib/publishing/testing/test-network";
import { acceptPost, createOwner, letTimePass, type Owner, readPost } from "#lib/publishing/testing/test-post";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

const busy = say("server_said", { said: "Busy." });

let db: Database;
let owner: Owner;
let id: string;

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  vi.restoreAllMocks();
  owner = await createOwner();
  id = await acceptPost(owner, ["one"]);
  vi.spyOn(notes, "reconcile").mockResolvedValue("again");
  vi.spyOn(notes, "publish").mockResolvedValue(toPart("1"));
  answerOnce("uncertain");
  await publishPost(id);
});

const answerOnce = (reason: NetworkErrorReason) =>
  vi.mocked(notes.publish).mockRejectedValueOnce(new NetworkError(reason, busy));
const publishAgain = async () => {
  await letTimePass(db, id);
  await publishPost(id);
};
const listSubmissions = () => vi.mocked(notes.publish).mock.calls.map(([, submission]) => submission);

test("the same part is sent again, and its connector knows that it may be there", async () => {
  await publishAgain();
  expect(await readPost(owner)).toMatchObject({ status: "published" });
  const [first, second] = listSubmissions();
  expect([first?.mayBeThere, second?.mayBeThere]).toEqual([false, true]);
  expect(second).toMatchObject({ identity: first?.identity, createdAt: first?.createdAt, taken: [] });
});

test.each(["rate_limited", "unavailable", "uncertain"] as const)(
  "%s does not settle what the first call did",
  async (reason) => {
    answerOnce(reason);
    await publishAgain();
    expect(await readPost(owner)).toMatchObject({ status: "publishing" });
    await publishAgain();
    expect(await readPost(owner)).toMatchObject({ status: "published" });
    const submissions = listSubmissions();
    expect(submissions.map(({ mayBeThere }) => mayBeThere)).toEqual([false, true, true]);
    expect(new Set(submissions.map(({ createdAt }) => createdAt.getTime())).size).toBe(1);
  },
);

test.each(["refused", "revoked"] as const)("%s leaves the outcome unknown", async (reason) => {
  answerOnce(reason);
  await publishAgain();
  expect(await readPost(owner)).toMatchObject({ status: "unknown" });
});
