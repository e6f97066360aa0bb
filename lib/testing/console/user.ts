import { randomUUID } from "node:crypto";
import { type Ask, ask } from "#lib/testing/console/api-client";
import type { Answer } from "#lib/testing/console/expect-documented";
import { signIn } from "#lib/testing/console/sign-in";

export type GeneratedKey = { id: string; key: string; name: string; key_preview: string };

/** A person with a session of their own, and what they can do over the console's API. */
export type User = {
  email: string;
  /** The `Cookie` header of the session. */
  cookie: string;
  ask(path: string, request?: Ask): Promise<Answer>;
  generateKey(name?: string, more?: object): Promise<GeneratedKey>;
  updateKey(id: string, changes: unknown): Promise<Answer>;
  deleteKey(id: string): Promise<Answer>;
};

/** Signs a new person in, the way a browser would. */
export const createUser = async (url: string, email = `ada-${randomUUID()}@example.com`): Promise<User> => {
  const { cookie } = await signIn(url, { email });
  const askAs = (path: string, request: Ask = {}) =>
    ask(url, path, { ...request, headers: { Cookie: cookie, ...request.headers } });
  return {
    email,
    cookie,
    ask: askAs,
    generateKey: async (name = "Production", more = {}) => {
      const { status, json, text } = await askAs("/api/keys", { json: { name, ...more } });
      if (status !== 201) throw new Error(`the key was not generated: ${status} ${text}`);
      return json as GeneratedKey;
    },
    updateKey: (id, json) => askAs(`/api/keys/${id}`, { method: "PATCH", json }),
    deleteKey: (id) => askAs(`/api/keys/${id}`, { method: "DELETE" }),
  };
};
