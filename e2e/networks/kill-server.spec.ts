import { once } from "node:events";
import { startServer } from "#lib/testing/console/start-server";
import { expect, test } from "./fixtures.ts";
import { createPoster } from "./poster.ts";
import { watchSteps } from "./steps.ts";
import { KILLED_SERVERS_AT_A_STEP } from "./trials.ts";
import { webhook } from "./webhook.ts";

for (const step of ["boundary", "answered"] as const) {
  test(`a server with its own database that is killed at ${step} takes its post up when it starts, once`, async ({
    world,
  }) => {
    test.setTimeout(300_000);
    let server = await startServer({ env: world.env });
    const { port, dataDir } = server;
    const poster = await createPoster(server.url, world.serverOf(webhook));
    const texts = Array.from({ length: KILLED_SERVERS_AT_A_STEP }, (_, index) => `Post ${index}`);
    for (const text of texts) {
      await server.stop();
      server = await startServer({ env: { ...world.env, ...watchSteps({ step, post: 1 }) }, port, dataDir });
      const dead = once(server.process, "close");
      const answer = await poster.post({ text }).catch(() => "no answer");
      expect(answer).toBe("no answer");
      await dead;
      expect(server.process.signalCode).toBe("SIGKILL");

      server = await startServer({ env: world.env, port, dataDir });
      const { results } = (await poster.user.ask("/api/posts")).json as { results: { id: string; text: string[] }[] };
      const ids = results.filter((post) => post.text[0] === text).map(({ id }) => id);
      // Long before the claim of the dead process would have lapsed.
      expect(await poster.settled(ids, 15_000)).toEqual([
        expect.objectContaining({ status: "published", error: null }),
      ]);
    }
    expect((await poster.account.listPosts()).map(({ text }) => text)).toEqual(texts);
    await server.stop();
  });
}
