import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { type RunningServer, type ServerOptions, startServer } from "#lib/testing/console/start-server";
import { type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";
import type { Team } from "./team.ts";

/** A PostgreSQL whose rows a test can look at, with servers on it. */
export type WatchedDatabase = {
  startServer(options?: ServerOptions): Promise<RunningServer>;
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** What every table holds, by its name, without what counts attempts and notes who was here. */
  readTables(): Promise<Record<string, string>>;
  stop(): Promise<void>;
};

// Written by whoever merely asks.
const NOTES = ["auth_failures", "rate_buckets", "sessions", "publishing_presence", "key_requests", "key_usage"];

/** Starts a PostgreSQL of the caller's own. */
export const watchDatabase = async (): Promise<WatchedDatabase> => {
  const postgres: Postgres = await startPostgres();
  const url = await postgres.createDatabase("watched");
  const client = new Client({ connectionString: url });
  await client.connect();
  const servers: RunningServer[] = [];
  let dataDir: string | undefined;
  const query: WatchedDatabase["query"] = async (text, values) => (await client.query(text, values)).rows;
  return {
    query,
    startServer: async ({ env, ...options } = {}) => {
      const limits = { RATE_LIMIT_PER_MINUTE: "1000000" };
      // With the same secrets.
      const server = await startServer({
        ...(dataDir && { dataDir }),
        ...options,
        env: { DATABASE_URL: url, ...limits, ...env },
      });
      dataDir = server.dataDir;
      servers.push(server);
      return server;
    },
    readTables: async () => {
      const tables = await query<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> ALL($1)`,
        [NOTES],
      );
      const contents: Record<string, string> = {};
      for (const { name } of tables) {
        const [row] = await query<{ rows: string }>(
          `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS rows FROM "${name}" t`,
        );
        contents[name] = row?.rows ?? "";
      }
      return contents;
    },
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()));
      await client.end();
      await postgres.stop();
    },
  };
};

/** Puts one of each thing that has an id into a team. Returns their ids by their names in paths, and the key's secret. */
export const fillTeam = async (
  db: Pick<WatchedDatabase, "query">,
  { owner, member, id: organizationId }: Team,
): Promise<{ ids: Record<string, string>; secret: string }> => {
  const key = await member.generateKey("Nobody else's key");
  const later = new Date(Date.now() + 86_400_000).toISOString();
  const post = await owner.ask("/api/posts", { json: { post: { text: "Hello", scheduledAt: later } } });
  const webhook = await owner.ask("/api/webhooks", {
    json: { url: "https://example.com/hook", events: ["post.published"] },
  });
  const [delivery] = await db.query<{ id: string }>(
    `INSERT INTO webhook_deliveries (id, endpoint_id, event, payload, status)
     VALUES (gen_random_uuid(), $1, 'webhook.test', '{}', 'delivered') RETURNING id`,
    [webhook.json.id],
  );
  const invited = await owner.ask(`/api/organizations/${organizationId}/invitations`, {
    json: { email: `${randomUUID()}@example.com`, role: "member" },
  });
  const { accounts } = (await owner.ask("/api/accounts")).json as { accounts: { account_id: string }[] };
  const { sessions } = (await owner.ask("/api/sessions")).json as { sessions: { id: string }[] };
  const ids = {
    ...{ organizationId, userId: member.id, keyId: key.id, webhookId: String(webhook.json.id) },
    ...{ postId: String(post.json.postSubmissionId) },
    ...{ deliveryId: delivery?.id ?? "", invitationId: String(invited.json.id) },
    ...{ accountId: accounts[0]?.account_id ?? "", sessionId: sessions[0]?.id ?? "" },
  };
  return { ids, secret: key.key };
};
