import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { notes } from "#lib/accounts/testing/test-connector";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import { closeDatabase, type Database } from "#lib/db/database";
import type { Connector } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";
import { retryPost } from "#lib/posts/retry-post";
import { say } from "#lib/problems/problem";
import { publishPost } from "#lib/publishing/publish-post";
import { toPart } from "#lib/publishing/testing/test-network";
import { acceptPost, createOwner, letTimePass, type Owner, readPost } from "#lib/publishing/testing/test-post";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

const handleSchema = z.object({ draft: z.string() });
type Handle = z.infer<typeof handleSchema>;
const drafts = notes as unknown as Connector<Handle>;
const busy = say("server_said", { said: "Busy." });

let db: Database;
let owner: Owner;
/** The drafts that were made, and those that readers see, by name. */
let made: string[];
let shown: string[];

beforeAll(async () => {
  db = await useAccountsDatabase();
});
afterAll(closeDatabase);
beforeEach(async () => {
  vi.restoreAllMocks();
  [made, shown] = [[], []];
  Object.assign(drafts, { handleSchema, preparesText: true });
  vi.spyOn(drafts, "prepare").mockImplementation(async (_account, _planned, { earlier }) => {
    if (earlier) return earlier;
    made.push(`draft-${made.length + 1}`);
    return { draft: made.at(-1) ?? "" };
  });
  vi.spyOn(drafts, "publish").mockImplementation(async (_account, _submission, { draft }) => {
    if (!shown.includes(draft)) shown.push(draft);
    return toPart(draft);
  });
  owner = await createOwner();
});
afterEach(() => Object.assign(drafts, { handleSchema: undefined, preparesText: undefined }));

const lose = () => vi.mocked(drafts.publish).mockRejectedValueOnce(new NetworkError("uncertain", busy));
const reconcile = (answer: "resend" | "gone") => vi.spyOn(drafts, "reconcile").mockResolvedValueOnce(answer);
const publishAgain = async (id: string) => {
  await letTimePass(db, id);
  await publishPost(id);
};

test("a lost answer is asked about with the handle, and only that handle is published again", async () => {
  const id = await acceptPost(owner, ["one"]);
  lose();
  await publishPost(id);
  const asked = reconcile("resend");
  await publishAgain(id);
  expect(asked.mock.calls[0]?.[2]).toEqual({ draft: "draft-1" });
  expect([made, shown]).toEqual([["draft-1"], ["draft-1"]]);
  expect(drafts.prepare).toHaveBeenCalledTimes(1);
  expect(await readPost(owner)).toMatchObject({ status: "published" });
});

test("a handle that the network no longer knows is replaced by another", async () => {
  const id = await acceptPost(owner, ["one"]);
  lose();
  await publishPost(id);
  reconcile("gone");
  await publishAgain(id);
  expect([made, shown]).toEqual([["draft-1", "draft-2"], ["draft-2"]]);
});

test("a network that wants to be asked later is, with what it already has, and no attempt of that is a failure", async () => {
  const id = await acceptPost(owner, ["one"]);
  const [handle, retryAt] = [{ draft: "early" }, new Date(Date.now() + 240_000)];
  const later = new NetworkError("unavailable", busy, { isUnderWay: true, handle, retryAt });
  vi.mocked(drafts.prepare).mockRejectedValueOnce(later);
  await publishPost(id);
  const { status, next_at } = (await readPost(owner)) as { status: string; next_at: string };
  expect(status).toBe("queued");
  expect(Math.abs(Date.parse(next_at) - retryAt.getTime())).toBeLessThan(60_000);
  expect(await db.prisma.post.findUnique({ where: { id } })).toMatchObject({ failures: 0 });
  await publishAgain(id);
  expect([made, shown]).toEqual([[], ["early"]]);
});

test("a network that cannot say yet whether it has the part is asked later, and the part is not sent meanwhile", async () => {
  const id = await acceptPost(owner, ["one"]);
  lose();
  await publishPost(id);
  vi.spyOn(drafts, "reconcile").mockRejectedValueOnce(new NetworkError("unavailable", busy, { isUnderWay: true }));
  await publishAgain(id);
  expect(await readPost(owner)).toMatchObject({ status: "publishing" });
  expect(drafts.publish).toHaveBeenCalledTimes(1);
  reconcile("resend");
  await publishAgain(id);
  expect([made, shown]).toEqual([["draft-1"], ["draft-1"]]);
});

test("what the network is not ready to publish yet is published from the same handle", async () => {
  const id = await acceptPost(owner, ["one"]);
  const notReady = new NetworkError("unavailable", busy, { isUnderWay: true });
  vi.mocked(drafts.publish).mockRejectedValueOnce(notReady);
  await publishPost(id);
  await publishAgain(id);
  expect([made, shown]).toEqual([["draft-1"], ["draft-1"]]);
});

test("after a refusal a retry prepares the part anew", async () => {
  const id = await acceptPost(owner, ["one"]);
  vi.mocked(drafts.publish).mockRejectedValueOnce(new NetworkError("refused", busy));
  await publishPost(id);
  expect(await readPost(owner)).toMatchObject({ status: "failed" });
  await retryPost(owner, id, "retry");
  await publishPost(id);
  expect([made, shown]).toEqual([["draft-1", "draft-2"], ["draft-2"]]);
});

test("a part that is sent again by force keeps its handle, because that cannot be published twice", async () => {
  const id = await acceptPost(owner, ["one"]);
  lose();
  await publishPost(id);
  vi.spyOn(drafts, "reconcile").mockResolvedValueOnce("unknown");
  await publishAgain(id);
  expect(await readPost(owner)).toMatchObject({ status: "unknown" });
  await retryPost(owner, id, "force");
  await publishPost(id);
  expect([made, shown]).toEqual([["draft-1"], ["draft-1"]]);
});

test("what is asked of the network alone reaches its connector", async () => {
  const id = await acceptPost(owner, ["one"]);
  await db.prisma.post.update({ where: { id }, data: { options: { visibility: "unlisted" } } });
  await publishPost(id);
  const asked = { options: { visibility: "unlisted" } };
  expect(vi.mocked(drafts.prepare).mock.calls[0]?.[1]).toMatchObject(asked);
  expect(vi.mocked(drafts.publish).mock.calls[0]?.[1]).toMatchObject(asked);
});

test("what a connector tells the author is in the post, once", async () => {
  const id = await acceptPost(owner, ["one"]);
  vi.mocked(drafts.prepare).mockImplementation(async (_account, _planned, { warn }) => {
    warn?.(say("post_missed"));
    warn?.(say("post_missed"));
    return { draft: "one" };
  });
  vi.mocked(drafts.publish).mockRejectedValueOnce(new NetworkError("unavailable", busy));
  await publishPost(id);
  await publishAgain(id);
  const { warnings } = (await readPost(owner)) as { warnings: string[] };
  expect(warnings).toHaveLength(1);
});
