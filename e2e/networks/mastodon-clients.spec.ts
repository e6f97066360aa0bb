import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { type FakeMastodon, startMastodon } from "#lib/testing/mastodon/start-mastodon";
import { PNG } from "./bluesky-account.ts";
import { expect, test } from "./fixtures.ts";

const MASTO = path.join(import.meta.dirname, "servers/use-masto.mjs");
const SCHEDULED_AT = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000);

// With a program registered, somebody agreeing, a picture, a status for now and one for later, and what is listed.
const USE_MASTODON_PY = `
import json, re, sys, datetime, requests
from mastodon import Mastodon
url, picture, at = sys.argv[1:4]
client_id, client_secret = Mastodon.create_app("Python", api_base_url=url, scopes=["read", "write"])
api = Mastodon(client_id=client_id, client_secret=client_secret, api_base_url=url)
consent = api.auth_request_url(scopes=["read", "write"])
query = dict(re.findall(r"[?&]([^=&]+)=([^&]*)", consent))
query = {name: requests.utils.unquote(value.replace("+", " ")) for name, value in query.items()}
code = requests.post(url + "/oauth/authorize", data={**query, "username": "bob", "decision": "agree"}).json()["code"]
api.log_in(code=code, scopes=["read", "write"])
medium = api.media_post(picture, mime_type="image/png", description="A point", synchronous=True)
status = api.status_post("From Mastodon.py", media_ids=[medium], idempotency_key="once")
again = api.status_post("From Mastodon.py", media_ids=[medium], idempotency_key="once")
scheduled = api.status_post("Later", scheduled_at=datetime.datetime.fromisoformat(at))
print(json.dumps({
    "id": str(status["id"]), "again": str(again["id"]), "account": status["account"]["username"],
    "altText": status["media_attachments"][0]["description"], "application": status["application"]["name"],
    "scheduled": [str(it["id"]) for it in api.scheduled_statuses()], "scheduledId": str(scheduled["id"]),
    "listed": [str(it["id"]) for it in api.account_statuses(api.me())], "title": api.instance()["title"],
}))
`;

let server: FakeMastodon;
let folder: string;
let picture: string;

test.beforeEach(async () => {
  server = await startMastodon({ processingReads: 2 });
  folder = await mkdtemp(path.join(tmpdir(), "boring-clients-"));
  picture = path.join(folder, "picture.png");
  await writeFile(picture, PNG);
});
test.afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const run = async (command: string, args: string[], env = {}) => {
  const { stdout } = await promisify(execFile)(command, args, { env: { ...process.env, ...env }, timeout: 60_000 });
  return stdout;
};

test("masto.js publishes, uploads, schedules and lists", async () => {
  const { accessToken } = server.connect();
  server.settings.processingReads = 0;
  const said = JSON.parse(await run(process.execPath, [MASTO, server.url, accessToken, picture, toText(SCHEDULED_AT)]));
  const [status, ...others] = server.statuses;
  expect(others).toEqual([]);
  expect(status).toMatchObject({ text: "From masto.js", visibility: "unlisted", media: [{ type: "image/png" }] });
  expect(said).toEqual({
    id: status?.id,
    altText: "A point",
    scheduledAt: SCHEDULED_AT.toISOString(),
    listed: [status?.id],
    linkLength: 23,
  });
  expect(server.scheduled).toMatchObject([{ text: "Later", scheduledAt: SCHEDULED_AT }]);
});

test("Mastodon.py registers, signs in, publishes once, uploads, schedules and lists", async () => {
  const python = findPython();
  test.skip(!python, "Mastodon.py is not installed here (Debian: python3-mastodon)");
  const said = JSON.parse(await run(python ?? "", ["-c", USE_MASTODON_PY, server.url, picture, toText(SCHEDULED_AT)]));
  const [status, ...others] = server.statuses;
  expect(others).toEqual([]);
  expect(status).toMatchObject({ username: "bob", text: "From Mastodon.py", media: [{ description: "A point" }] });
  const scheduledId = server.scheduled[0]?.id;
  expect(said).toEqual({
    ...{ id: status?.id, again: status?.id, account: "bob", altText: "A point", application: "Python" },
    ...{ scheduled: [scheduledId], scheduledId, listed: [status?.id], title: "A server for tests" },
  });
  expect(server.scheduled).toMatchObject([{ text: "Later", scheduledAt: SCHEDULED_AT }]);
});

test("toot says who one is, publishes, uploads, schedules, lists and deletes", async () => {
  test.skip(!existsSync("/usr/bin/toot"), "toot is not installed here (Debian: toot)");
  const host = new URL(server.url).host;
  const { clientId, clientSecret, accessToken } = server.connect();
  server.settings.processingReads = 0;
  const app = { instance: host, base_url: server.url, client_id: clientId, client_secret: clientSecret };
  const user = { instance: host, username: "alice", access_token: accessToken };
  const config = { apps: { [host]: app }, users: { [`alice@${host}`]: user }, active_user: `alice@${host}` };
  await mkdir(path.join(folder, "toot"));
  await writeFile(path.join(folder, "toot/config.json"), JSON.stringify(config));
  const toot = (...args: string[]) => run("/usr/bin/toot", args, { XDG_CONFIG_HOME: folder });

  expect(await toot("whoami")).toContain("alice");
  await toot("post", "From toot", "--media", picture, "--description", "A point");
  await toot("post", "Later", "--scheduled-at", toText(SCHEDULED_AT));
  const [status, ...others] = server.statuses;
  expect(others).toEqual([]);
  expect(status).toMatchObject({ text: "From toot", media: [{ type: "image/png", description: "A point" }] });
  expect(server.scheduled).toMatchObject([{ text: "Later", scheduledAt: SCHEDULED_AT }]);
  expect(await toot("timeline", "--once")).toContain("From toot");
  await toot("delete", status?.id ?? "");
  expect(server.statuses).toEqual([]);
});

function toText(moment: Date): string {
  return moment.toISOString().replace(/\.\d+Z$/, "+00:00");
}

function findPython(): string | undefined {
  return ["/usr/bin/python3", "python3"].find((python) => {
    try {
      execFileSync(python, ["-c", "import mastodon"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
}
