import { ask, withKey } from "#lib/testing/console/api-client";
import type { Answer } from "#lib/testing/console/expect-documented";
import { type RunningServer, startServer } from "#lib/testing/console/start-server";
import { createUser, type User } from "#lib/testing/console/user";
import { test } from "./fixtures.ts";

/** A server, a person and their key, there from the first test on. */
export type Carried = {
  server: RunningServer;
  user: User;
  key: string;
  /** Sends a post with the key. */
  post(json: unknown, headers?: Record<string, string>): Promise<Answer>;
};

/** Defines the same tests for both ways in which the API is carried: the fast lane, and Next. */
export const eachCarrier = (define: (carried: Carried) => void): void => eachCarrierWith({}, define);

/** The same on servers with these settings. */
export const eachCarrierWith = (env: Record<string, string>, define: (carried: Carried) => void): void => {
  for (const carrier of ["fast lane", "next"]) {
    test.describe(`carried by the ${carrier}`, () => {
      test.describe.configure({ mode: "default" });
      const carried = {
        post: (json, headers = {}) =>
          ask(carried.server.url, "/v2/posts", { json, headers: { ...withKey(carried.key), ...headers } }),
      } as Carried;
      test.beforeAll(async () => {
        carried.server = await startServer({ env, ...(carrier === "next" && { args: ["--carrier=next"] }) });
        carried.user = await createUser(carried.server.url);
        carried.key = (await carried.user.generateKey()).key;
      });
      test.afterAll(() => carried.server.stop());
      define(carried);
    });
  }
};
