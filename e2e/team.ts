import { Client } from "pg";
import { type RunningServer, type ServerOptions, startServer } from "#lib/testing/console/start-server";
import { createUser, type User } from "#lib/testing/console/user";
import { type Postgres, startPostgres } from "#lib/testing/postgres/start-postgres";

export type Role = "member" | "admin" | "owner";

/** A member, who knows their own id. */
export type Member = User & { id: string };

/** An organization with one person for each role. */
export type Team = { id: string } & Record<Role, Member>;

/** Signs a new person in who belongs to no organization yet. */
export const createPerson = async (url: string, email?: string): Promise<Member> => {
  const user = await createUser(url, email);
  const { json } = await user.ask("/api/user");
  return { ...user, id: String(json.id) };
};

/** Invites a new person, who accepts. */
export const addMember = async (url: string, { id, owner }: Pick<Team, "id" | "owner">, role: Role) => {
  const person = await createPerson(url);
  const sent = await owner.ask(`/api/organizations/${id}/invitations`, { json: { email: person.email, role } });
  const accepted = await person.ask(`/api/invitations/${sent.json.id}/accept`, { method: "POST" });
  if (accepted.status !== 200) throw new Error(`Nobody joined: ${sent.text} ${accepted.text}`);
  return person;
};

/** Creates an organization with three new people. */
export const createTeam = async (url: string, name = "Team"): Promise<Team> => {
  const owner = await createPerson(url);
  const { json } = await owner.ask("/api/organizations", { json: { name } });
  const team = { id: String(json.id), owner };
  return { ...team, admin: await addMember(url, team, "admin"), member: await addMember(url, team, "member") };
};

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
