import { expect, test } from "./fixtures.ts";
import { createPoster } from "./poster.ts";
import { CUT_POSTS } from "./trials.ts";
import { NETWORKS } from "./world.ts";

for (const network of NETWORKS) {
  test(`${network.title}: no answer ever comes to the first sending of ${CUT_POSTS} posts, and each is there once`, async ({
    world,
    product,
  }) => {
    test.setTimeout(420_000);
    const poster = await createPoster(product.url, world.serverOf(network));
    const countCut = poster.account.disturbEachOnce("cut after the answer");
    const texts = Array.from({ length: CUT_POSTS }, (_, index) => `Post ${index} of ${CUT_POSTS}`);
    const posts = await poster.settled(await poster.postAll(texts), 150_000);
    expect(countCut()).toBe(CUT_POSTS);
    const there = await poster.account.listPosts();
    expect(there.map(({ text }) => text).sort()).toEqual(texts.toSorted());
    expect(new Set(there.map(({ id }) => id)).size).toBe(CUT_POSTS);
    for (const post of posts) expect(post).toMatchObject({ status: "published", error: null });
    expect(posts.map((post) => post.post_id).sort()).toEqual(there.map(({ id }) => id).sort());
  });
}
