import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { devNull } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findFreePort } from "#lib/testing/find-free-port";
import { type FakeLinkedin, startLinkedin } from "#lib/testing/linkedin/start-linkedin";

const PROJECT_DIR = path.resolve(import.meta.dirname, "..");

/** Runs the program against a server that stands for LinkedIn. */
const run = async (server: FakeLinkedin, env: Record<string, string> = {}) => {
  const port = await findFreePort();
  const child = spawn(process.execPath, ["scripts/check-live.ts", "linkedin"], {
    cwd: PROJECT_DIR,
    env: {
      ...{ PATH: process.env.PATH ?? "", NODE_ENV: "production", ENV_FILE: devNull, PORT: String(port) },
      ...{ LINKEDIN_CLIENT_ID: server.settings.clientId, LINKEDIN_CLIENT_SECRET: server.settings.clientSecret },
      ...{ OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${server.port}`, NETWORK_API_URLS: `linkedin=${server.url}`, ...env },
    },
  });
  onTestFinished(() => void child.kill());
  const printed = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    printed.out += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    printed.err += chunk;
  });
  return { child, printed };
};

const agree = async ({ child, printed }: { child: ChildProcess; printed: { err: string } }) => {
  await expect.poll(() => printed.err, { timeout: 30_000 }).toMatch(/authorization\?\S+\n/);
  const url = new URL(/http\S+authorization\?\S+/.exec(printed.err)?.[0] ?? "");
  const body = new URLSearchParams(url.search);
  body.set("member", "Ada Lovelace");
  body.set("decision", "allow");
  const agreed = await fetch(`${url.origin}${url.pathname}`, { method: "POST", body, redirect: "manual" });
  const back = await fetch(agreed.headers.get("location") ?? "");
  expect(await back.text()).toBe("Go back to the terminal.");
  const [code] = await once(child, "close");
  return code;
};

test("it connects, publishes, finds a post whose answer was lost, and writes a record without a secret", async () => {
  const server = await startLinkedin();
  onTestFinished(server.stop);
  const running = await run(server);
  expect(await agree(running), running.printed.err).toBe(0);
  const { out, err } = running.printed;
  const [first, second, ...others] = server.posts;
  expect(others).toEqual([]);
  expect(out).toContain(`# LinkedIn, ${new Date().toISOString().slice(0, 10)}`);
  expect(out).toContain(`Not the live network, but ${server.url}.`);
  expect(out).toContain(`| It is sent again, which must not publish it twice | ${second?.urn} | yes |`);
  expect(out).toContain(`Delete by hand: https://www.linkedin.com/feed/update/${first?.urn}/`);
  for (const secret of [server.settings.clientSecret, ...server.tokens.keys()]) expect(out + err).not.toContain(secret);
});

test("a network that publishes twice is found out", async () => {
  const server = await startLinkedin({ duplicateMilliseconds: 0 });
  onTestFinished(server.stop);
  const running = await run(server);
  expect(await agree(running)).toBe(1);
  expect(server.posts).toHaveLength(3);
  expect(running.printed.out).toContain("**no**");
  for (const { urn } of server.posts) expect(running.printed.out).toContain(`feed/update/${urn}/`);
});

test("what the operator has not set is said at once", async () => {
  const server = await startLinkedin();
  onTestFinished(server.stop);
  const { child, printed } = await run(server, { LINKEDIN_CLIENT_ID: "", LINKEDIN_CLIENT_SECRET: "" });
  expect((await once(child, "close"))[0]).toBe(2);
  expect(printed.err).toContain("Set LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET first");
});
