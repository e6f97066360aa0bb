import { expect } from "@playwright/test";
import { type Post, postSchema } from "#lib/posts/schema";
import { ask, withKey } from "#lib/testing/console/api-client";
import type { Answer } from "#lib/testing/console/expect-documented";
import { createUser, type User } from "#lib/testing/console/user";
import type { NetworkAccount, NetworkServer } from "./network.ts";

const MOVING = ["scheduled", "queued", "publishing"];

type Draft = { text?: string | string[]; mediaUrls?: string[]; altTexts?: string[] };
type Wish = { prefer?: string; scheduledAt?: Date };

/** Somebody who posts with a key to an account of their own. */
export type Poster = {
  user: User;
  account: NetworkAccount;
  /** Posts, and waits for the network unless it prefers something else. */
  post(content: Draft, wish?: Wish): Promise<Answer>;
  /** Posts these texts, each for itself, waits for none, and returns their ids. */
  postAll(texts: string[], wish?: Wish): Promise<string[]>;
  retry(id: string): Promise<Answer>;
  cancel(id: string): Promise<Answer>;
  read(id: string): Promise<Post>;
  /** The posts once their states do not change by themselves any more. */
  settled(ids: string[], timeoutMilliseconds?: number): Promise<Post[]>;
};

/** A new person with a key and an account at the server. */
export const createPoster = async (url: string, server: NetworkServer): Promise<Poster> => {
  const user = await createUser(url);
  const { key } = await user.generateKey();
  const account = await server.connect(user);
  const { accountId } = account;
  const call = (path: string, request: Parameters<typeof ask>[2] = {}) =>
    ask(url, path, { ...request, headers: { Prefer: "wait=25", ...withKey(key), ...request.headers } });
  const post: Poster["post"] = (content, { prefer = "wait=25", scheduledAt } = {}) =>
    call("/v2/posts", { headers: { Prefer: prefer }, json: { post: { accountId, content, scheduledAt } } });
  const read = async (id: string) => postSchema.parse((await call(`/v2/posts/${id}`)).json);
  return {
    user,
    account,
    post,
    postAll: async (texts, wish) => {
      const ids: string[] = [];
      for (const text of texts) {
        const { status, json } = await post({ text }, { prefer: "respond-async", ...wish });
        expect(status).toBe(201);
        ids.push(String(json.postSubmissionId));
      }
      return ids;
    },
    retry: (id) => call(`/v2/posts/${id}/retry`, { method: "POST" }),
    cancel: (id) => call(`/v2/posts/${id}`, { method: "DELETE" }),
    read,
    settled: async (ids, timeout = 30_000) => {
      const posts = new Map<string, Post>();
      const look = async () => {
        const open = ids.filter((id) => MOVING.includes(posts.get(id)?.status ?? "queued"));
        for (const id of open) posts.set(id, await read(id));
        return ids.filter((id) => MOVING.includes(posts.get(id)?.status ?? "queued"));
      };
      await expect.poll(look, { timeout, message: "posts that are not settled" }).toEqual([]);
      return [...posts.values()];
    },
  };
};
