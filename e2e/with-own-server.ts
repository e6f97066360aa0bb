import { ask, withKey } from "#lib/testing/console/api-client";
import type { Answer } from "#lib/testing/console/expect-documented";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { createUser, type User } from "#lib/testing/console/user";
import { test } from "./fixtures.ts";

/** A server, a person and their key, there from the first test on. */
export type OwnServer = {
  server: RunningServer;
  user: User;
  key: string;
  /** Sends a post with the key. */
  post(json: unknown, headers?: Record<string, string>): Promise<Answer>;
};

/** Defines tests that have a server of their own, with these settings. */
export const withOwnServer = (env: Record<string, string>, define: (own: OwnServer) => void): void => {
  test.describe(() => {
    test.describe.configure({ mode: "default" });
    const own = {
      post: (json, headers = {}) =>
        ask(own.server.url, "/v2/posts", { json, headers: { ...withKey(own.key), ...headers } }),
    } as OwnServer;
    test.beforeAll(async () => {
      own.server = await startServer({ env });
      own.user = await createUser(own.server.url);
      own.key = (await own.user.generateKey()).key;
    });
    test.afterAll(() => own.server.stop());
    define(own);
  });
};
