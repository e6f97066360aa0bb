import { spawn } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { findFreePort } from "#lib/testing/find-free-port";
import { startProxy, type TestProxy } from "./proxy.ts";

const JWT_SECRET = "a secret of tests alone";
const APP_PASSWORD_NAME = "Boring Console";

/** An account with a password of its own and one for an application. */
export type PdsAccount = { did: string; handle: string; password: string; appPassword: string; accessJwt: string };

export type PdsRecord = { uri: string; cid: string; value: Record<string, unknown> };

/** A real server of the AT Protocol behind a proxy; its accounts know it by the proxy's address. */
export type Pds = {
  proxy: TestProxy;
  createAccount(): Promise<PdsAccount>;
  revokeAppPassword(account: PdsAccount): Promise<void>;
  deactivate(account: PdsAccount): Promise<void>;
  /** Every post that the server keeps of an account, newest first, asked past the proxy. */
  listPosts(did: string): Promise<PdsRecord[]>;
  /** What the server keeps of an uploaded medium, byte by byte. */
  readBlob(did: string, cid: string): Promise<Buffer>;
  /** Another token for the same session, whose time is over. */
  toExpired(token: string): string;
  stop(): Promise<void>;
};

/** Starts a server with nothing in it. */
export const startPds = async (): Promise<Pds> => {
  const port = await findFreePort();
  const proxy = await startProxy(port);
  const folder = await mkdtemp(path.join(tmpdir(), "boring-pds-"));
  const server = await run(port, proxy.url, folder);
  const ended = once(server, "exit");
  const call = (method: string, token: string | undefined, input?: object) => callPds(port, method, token, input);
  return {
    proxy,
    createAccount: async () => {
      const password = randomBytes(16).toString("hex");
      const handle = `u${randomBytes(6).toString("hex")}.test`;
      const account = { handle, email: `${handle}@example.com`, password };
      const { did, accessJwt } = await call("com.atproto.server.createAccount", undefined, account);
      const made = await call("com.atproto.server.createAppPassword", accessJwt, { name: APP_PASSWORD_NAME });
      return { did, handle, password, appPassword: made.password, accessJwt };
    },
    revokeAppPassword: ({ accessJwt }) =>
      call("com.atproto.server.revokeAppPassword", accessJwt, { name: APP_PASSWORD_NAME }),
    deactivate: ({ accessJwt }) => call("com.atproto.server.deactivateAccount", accessJwt, {}),
    listPosts: async (did) => {
      const found: PdsRecord[] = [];
      for (let cursor = ""; ; ) {
        const query = new URLSearchParams({ repo: did, collection: "app.bsky.feed.post", limit: "100", cursor });
        const page = await call(`com.atproto.repo.listRecords?${query}`, undefined);
        found.push(...page.records);
        if (!page.cursor) return found;
        cursor = page.cursor;
      }
    },
    readBlob: async (did, cid) => {
      const query = new URLSearchParams({ did, cid });
      const answer = await fetch(`http://127.0.0.1:${port}/xrpc/com.atproto.sync.getBlob?${query}`);
      if (!answer.ok) throw new Error(`getBlob: ${answer.status}`);
      return Buffer.from(await answer.arrayBuffer());
    },
    toExpired,
    stop: async () => {
      await proxy.stop();
      server.stdin.end();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
};

async function run(port: number, publicUrl: string, folder: string) {
  const plcPort = await findFreePort();
  const options = { port, "plc-port": plcPort, "public-url": publicUrl, folder, "jwt-secret": JWT_SECRET };
  const server = spawn(
    process.execPath,
    [
      path.join(import.meta.dirname, "servers/start-pds.mjs"),
      ...Object.entries(options).map(([name, it]) => `--${name}=${it}`),
    ],
    { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, NODE_ENV: "test", LOG_ENABLED: "false" } },
  );
  const ready = once(createInterface(server.stdout), "line");
  const failed = once(server, "exit").then(([code]) => {
    throw new Error(`The server ended with ${code} before it was ready.`);
  });
  await Promise.race([ready, failed]);
  failed.catch(() => {});
  return server;
}

async function callPds(port: number, method: string, token: string | undefined, input?: object) {
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(input && { "content-type": "application/json" }),
  };
  const answer = await fetch(`http://127.0.0.1:${port}/xrpc/${method}`, {
    headers,
    ...(input && { method: "POST", body: JSON.stringify(input) }),
  });
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${method}: ${answer.status} ${body}`);
  return body === "" ? undefined : JSON.parse(body);
}

function toExpired(token: string): string {
  const [header = "", payload = ""] = token.split(".");
  const claims = { ...JSON.parse(Buffer.from(payload, "base64url").toString()), exp: 1 };
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  return `${signed}.${createHmac("sha256", JWT_SECRET).update(signed).digest("base64url")}`;
}
