import { setTimeout } from "node:timers/promises";
import type { Post } from "#lib/posts/schema";
import { expect, test } from "./fixtures.ts";
import { createPoster, type Poster } from "./poster.ts";
import { RACE_MILLISECONDS, RACING_POSTS } from "./trials.ts";
import { NETWORKS } from "./world.ts";

const codeOf = (json: Record<string, unknown>) => String(json.error);
const idOf = (json: Record<string, unknown>) => String((json.data as { id?: string })?.id);
const textsOf = async ({ account }: Poster) => (await account.listPosts()).map(({ text }) => text);

for (const network of NETWORKS) {
  test.describe(network.title, () => {
    let poster: Poster;

    test.beforeEach(async ({ world, product }) => {
      poster = await createPoster(product.url, world.serverOf(network));
    });

    test("a text is published once, as it was written", async () => {
      const text = 'Straße & <b>bold</b> "quoted" 中文 👩‍🚀\nA second line';
      const { status, json } = await poster.post({ text });
      expect(status).toBe(201);
      const [post, ...others] = await poster.account.listPosts();
      expect(others).toEqual([]);
      expect(post).toMatchObject({ text, parentId: undefined, altTexts: [] });
      expect(json.data).toMatchObject({ status: "published", post_id: post?.id, attempts: 1, error: null });
    });

    test("an image is published with its alternative text", async ({ world }) => {
      const mediaUrls = [`${world.media.url}/image.png`, `${world.media.url}/image.png`];
      const altTexts = ["A point, seen from afar", "中文"];
      const { status } = await poster.post({ text: "Look", mediaUrls, altTexts });
      expect(status).toBe(201);
      expect(await poster.account.listPosts()).toEqual([expect.objectContaining({ text: "Look", altTexts })]);
    });

    test("more images than it takes are refused here", async ({ world }) => {
      const mediaUrls = Array.from({ length: network.images + 1 }, () => `${world.media.url}/image.png`);
      const { status, json } = await poster.post({ text: "Many", mediaUrls });
      expect([status, codeOf(json)]).toEqual([400, "InvalidCarouselSize"]);
      expect(poster.account.listCalls()).toEqual([]);
    });

    test("a thread is published in order, each part as the answer to the one before", async () => {
      test.skip(network.hasThreads === false, "it has no threads");
      const { status, json } = await poster.post({ text: ["one", "two", "three"] });
      expect(status).toBe(201);
      const posts = await poster.account.listPosts();
      expect(posts.map(({ text }) => text)).toEqual(["one", "two", "three"]);
      expect(posts.map(({ parentId }) => parentId)).toEqual([undefined, posts[0]?.id, posts[1]?.id]);
      const parts = posts.map(({ id }, index) => expect.objectContaining({ index, post_id: id }));
      expect(json.data).toMatchObject({ post_id: posts[0]?.id, parts });
    });

    test("a thread is refused where there are none", async () => {
      test.skip(network.hasThreads !== false, "it has threads");
      const { status, json } = await poster.post({ text: ["one", "two"] });
      expect([status, codeOf(json)]).toEqual([400, "InvalidTextFormat"]);
      expect(poster.account.listCalls()).toEqual([]);
    });

    test("a thread that was refused at its second part goes on there", async () => {
      test.skip(network.hasThreads === false, "it has no threads");
      poster.account.disturb("none", { status: 400, body: { error: "InvalidRequest" } });
      const { status, json } = await poster.post({ text: ["one", "two", "three"] });
      expect([status, codeOf(json)]).toEqual([502, "PublishingFailed"]);
      const [first, ...others] = await poster.account.listPosts();
      expect([first?.text, others]).toEqual(["one", []]);
      expect(json.data).toMatchObject({ status: "failed", parts: [{ index: 0, post_id: first?.id }] });

      expect((await poster.retry(idOf(json))).status).toBe(200);
      const posts = await poster.account.listPosts();
      expect(posts.map(({ text }) => text)).toEqual(["one", "two", "three"]);
      expect(posts.map(({ parentId }) => parentId)).toEqual([undefined, first?.id, posts[1]?.id]);
    });

    for (const { longest, tooLong, limit } of network.limits) {
      test(`a text of ${limit} in its own unit is published, one of more is refused here`, async () => {
        expect((await poster.post({ text: longest })).status).toBe(201);
        expect(await textsOf(poster)).toEqual([longest]);
        const given = network.hasThreads === false ? [tooLong] : ["fits", tooLong];
        const { status, json } = await poster.post({ text: given });
        expect([status, codeOf(json)]).toEqual([400, "TextTooLong"]);
        expect(json).toMatchObject({ limit, length: limit + 1, part: given.length - 1 });
        expect(poster.account.listCalls()).toHaveLength(1);
      });
    }

    test("an expired credential is refreshed once, and the post published once", async () => {
      const { expire } = poster.account;
      test.skip(!expire, "its credentials do not expire");
      const countRefreshes = expire?.();
      expect((await poster.post({ text: "late" })).json.data).toMatchObject({ status: "published", attempts: 1 });
      expect(await textsOf(poster)).toEqual(["late"]);
      expect(countRefreshes?.()).toBe(1);
    });

    test("a revoked credential is told to who posts, shown on the account, and not used again", async () => {
      await poster.account.revoke();
      const { status, json } = await poster.post({ text: "too late" });
      expect([status, codeOf(json)]).toEqual([502, "TokenExpired"]);
      expect(json.data).toMatchObject({ status: "failed", error_name: "TokenExpired" });
      const { accounts } = (await poster.user.ask("/api/accounts")).json as { accounts: object[] };
      const { accountId } = poster.account;
      expect(accounts).toContainEqual(
        expect.objectContaining({ account_id: accountId, status: "revoked", is_valid: false }),
      );
      const calls = poster.account.listCalls().length;
      expect(codeOf((await poster.post({ text: "again" })).json)).toBe("AccountDisabled");
      expect(poster.account.listCalls()).toHaveLength(calls);
      expect(await poster.account.listPosts()).toEqual([]);
    });

    test("a server that asks for patience is called again when it said, and not before", async () => {
      const until = new Date(Date.now() + 5000);
      poster.account.disturb({ status: 429, headers: network.toPatience(until) });
      const { json } = await poster.post({ text: "patient" });
      expect(json.data).toMatchObject({ status: "published", attempts: 2 });
      const [, second, ...others] = poster.account.listCalls();
      expect(second?.getTime()).toBeGreaterThanOrEqual(until.getTime());
      expect(others).toEqual([]);
      expect(await textsOf(poster)).toEqual(["patient"]);
    });

    for (const [what, disturbance] of [
      ["a connection that is cut before the server has the post", "cut before the server"],
      ["a connection that is cut after the server has accepted the post", "cut after the answer"],
      ["a failure of the server that did nothing", { status: 500 }],
      ["a failure of the server that has published all the same", { status: 500, isDone: true }],
      ["a gateway that knows nothing of its server", { status: 502, isDone: true }],
    ] as const) {
      test(`${what} ends in exactly one post`, async () => {
        poster.account.disturb(disturbance);
        const { json } = await poster.post({ text: what });
        expect(json.data).toMatchObject({ status: "published", error: null });
        expect(await textsOf(poster)).toEqual([what]);
      });
    }

    test("a post that is cancelled while it becomes due is either cancelled or published, never both", async () => {
      const texts = Array.from({ length: RACING_POSTS }, (_, index) => `racing ${index}`);
      const scheduledAt = new Date(Date.now() + 1500);
      const ids = await poster.postAll(texts, { scheduledAt });
      const cancelled = await Promise.all(
        ids.map(async (id, index) => {
          await setTimeout(scheduledAt.getTime() - Date.now() + index * RACE_MILLISECONDS);
          const { status, json } = await poster.cancel(id);
          expect([200, 409]).toContain(status);
          return status === 200 && (json.data as Post).status === "cancelled";
        }),
      );
      const posts = await poster.settled(ids);
      expect(posts.map(({ status }) => status)).toEqual(cancelled.map((it) => (it ? "cancelled" : "published")));
      const expected = texts.filter((_, index) => !cancelled[index]);
      expect((await textsOf(poster)).sort()).toEqual(expected.sort());
    });

    for (const [what, path, code] of [
      ["a drawing in SVG", "/drawing.svg", "InvalidMediaType"],
      ["a page that is said to be an image", "/page.png", "InvalidMediaType"],
      ["an address with nothing there", "/missing.png", "MediaDownloadFailed"],
      ["an address that is not on the internet", "http://10.0.0.1/image.png", "InvalidMediaUrl"],
    ] as const) {
      test(`${what} is refused before the post is accepted`, async ({ world }) => {
        test.skip(!network.imageBytes, "it takes addresses, and whoever receives them fetches what is there");
        const mediaUrls = [`${world.media.url}/image.png`, new URL(path, world.media.url).href];
        const { status, json } = await poster.post({ text: "Look", mediaUrls });
        expect([status, codeOf(json)]).toEqual([400, code]);
        expect(json.fields).toEqual({ "post.content.mediaUrls": [expect.stringContaining(mediaUrls[1] ?? "")] });
        const { json: kept } = await poster.user.ask("/api/posts");
        expect([kept.count, poster.account.listCalls()]).toEqual([0, []]);
      });
    }

    test("an image that is larger than the network takes is published smaller, and the answer says so", async ({
      world,
    }) => {
      test.skip(!network.imageBytes, "it takes addresses, and whoever receives them fetches what is there");
      const url = `${world.media.url}/large.png`;
      const { status, json } = await poster.post({ text: "Look", mediaUrls: [url], altTexts: ["Noise"] });
      expect(status).toBe(201);
      expect(json.data).toMatchObject({
        status: "published",
        warnings: [expect.stringContaining(`${url} is larger than`)],
      });
      expect(await poster.account.listPosts()).toEqual([expect.objectContaining({ altTexts: ["Noise"] })]);
    });

    test("a thread whose middle was accepted without an answer has each part once", async () => {
      test.skip(network.hasThreads === false, "it has no threads");
      poster.account.disturb("none", "cut after the answer");
      expect((await poster.post({ text: ["one", "two", "three"] })).status).toBe(201);
      const posts = await poster.account.listPosts();
      expect(posts.map(({ text }) => text)).toEqual(["one", "two", "three"]);
      expect(posts.map(({ parentId }) => parentId)).toEqual([undefined, posts[0]?.id, posts[1]?.id]);
    });
  });
}
