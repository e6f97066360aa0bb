import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { notes } from "#lib/accounts/testing/test-connector";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import { closeDatabase, type Database } from "#lib/db/database";
import { NetworkError } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";
import { publishPost } from "#lib/publishing/publish-post";
import { failOnce, startNetwork, type TestNetwork, toPart } from "#lib/publishing/testing/test-network";
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

test.each(["unavailable", "rate_limited"] as const)(
  "what certainly was not done (%s) is done later",
  async (reason) => {
    const id = await acceptPost(owner, ["one"]);
    failOnce("publish", reason);
    await publishPost(id);
    expect(await readPost(owner)).toMatchObject({ status: "queued", error: null, attempt_log: [{ outcome: "later" }] });
    await publishPost(id);
    expect(notes.publish, "not before its time").toHaveBeenCalledTimes(1);
    await letTimePass(db, id);
    await publishPost(id);
    expect(notes.reconcile, "there is nothing to ask about").not.toHaveBeenCalled();
    expect(await readPost(owner)).toMatchObject({ status: "published", attempts: 2 });
  },
);

test("a thread that gets one part further at each attempt has not failed in a row", async () => {
  const texts = Array.from({ length: 9 }, (_, index) => `part ${index}`);
  const id = await acceptPost(owner, texts);
  const gone = new NetworkError("unavailable", say("server_said", { said: "It is down." }));
  for (const _ of texts) {
    vi.mocked(notes.publish).mockImplementationOnce(async (_account, { identity, part }) => {
      network.set(identity, part.text);
      return toPart(identity);
    });
    vi.mocked(notes.publish).mockRejectedValueOnce(gone);
    await letTimePass(db, id);
    await publishPost(id);
  }
  expect([...network.values()]).toEqual(texts);
  expect(await readPost(owner)).toMatchObject({ status: "published", attempts: texts.length });
});

test("what certainly was not published carries the time of its next try, and what may be there keeps its own", async () => {
  const id = await acceptPost(owner, ["one"]);
  const yesterday = new Date(Date.now() - 86_400_000);
  const passADay = () => db.prisma.postPart.updateMany({ where: { postId: id }, data: { identityAt: yesterday } });
  for (const reason of ["unavailable", "uncertain"] as const) {
    failOnce("publish", reason);
    await letTimePass(db, id);
    await publishPost(id);
    await passADay();
  }
  await letTimePass(db, id);
  await publishPost(id);
  const moments = vi.mocked(notes.publish).mock.calls.map(([, { createdAt }]) => createdAt.getTime());
  expect(moments[1]).toBeGreaterThan(yesterday.getTime() + 1000);
  expect(moments[2]).toBe(yesterday.getTime());
});

test("a post waits for as long as its network asks", async () => {
  const id = await acceptPost(owner, ["one"]);
  const retryAt = new Date(Date.now() + 600_000);
  failOnce("publish", "rate_limited", retryAt);
  await publishPost(id);
  const { next_at } = await readPost(owner);
  expect(Math.abs(Date.parse(next_at ?? "") - retryAt.getTime())).toBeLessThan(5000);
});

test("a post is tried again five times, and no more", async () => {
  const id = await acceptPost(owner, ["one"]);
  vi.mocked(notes.publish).mockRejectedValue(
    new NetworkError("unavailable", say("server_said", { said: "It is down." })),
  );
  for (let attempt = 0; attempt < 8; attempt++) {
    await letTimePass(db, id);
    await publishPost(id);
  }
  expect(await readPost(owner)).toMatchObject({ status: "failed", attempts: 6, error_name: "PublishingFailed" });
});

test.each([
  ["at most an hour", 3500, "published"],
  ["more than an hour", 4000, "failed"],
] as const)("a post that is %s late because nobody was there ends as it should", async (_name, seconds, status) => {
  const id = await acceptPost(owner, ["one"], new Date(Date.now() + 60_000));
  expect(await readPost(owner)).toMatchObject({ status: "scheduled" });
  await publishPost(id);
  expect(await readPost(owner), "not before its time").toMatchObject({ status: "scheduled" });
  await letTimePass(db, id, seconds);
  await publishPost(id);
  expect(await readPost(owner)).toMatchObject({ status, error_name: status === "failed" ? "MissedSchedule" : null });
});
