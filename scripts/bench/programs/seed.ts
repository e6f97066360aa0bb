// Fills the database in the environment like that of an installation with many organizations, and writes the keys for the load to
// the given file. Adds as many waiting posts as requested.
import { writeFile } from "node:fs/promises";
import { closeDatabase, database } from "#lib/db/database";
import { createSecret, hashSecret } from "#lib/keys/create-secret";
import { MAX_KEYS_PER_ORGANIZATION } from "#lib/keys/schema";

const [keyCount = 0, presentedCount = 0, queuedCount = 0] = process.argv.slice(2, 5).map(Number);
const secretsFile = process.argv[5] ?? "";

const { connection } = await database();
// Unlike the server's own connections, this one has no statement timeout.
const { execute, close } = connection.migrationTarget();

await execute(`
  INSERT INTO users (id, issuer, subject, email)
  SELECT gen_random_uuid(), 'https://accounts.example.com', n::text, 'ada-' || n || '@example.com'
  FROM generate_series(1, ${Math.ceil(keyCount / MAX_KEYS_PER_ORGANIZATION)}) AS n`);
await execute(`
  INSERT INTO organizations (id, name) SELECT gen_random_uuid(), subject FROM users`);
await execute(`
  INSERT INTO memberships (organization_id, user_id, role)
  SELECT organizations.id, users.id, 'owner' FROM organizations JOIN users ON subject = organizations.name`);
await execute(`
  INSERT INTO social_accounts (id, organization_id, network, network_user_id, username, display_name)
  SELECT gen_random_uuid(), id, 'sandbox', 'sandbox', 'sandbox', 'Sandbox' FROM organizations`);
await execute(`
  INSERT INTO api_keys (id, organization_id, created_by_id, name, hash, preview)
  SELECT gen_random_uuid(), organization_id, users.id, 'Production ' || n, sha256((subject || '/' || n)::bytea),
         'boring_abc...'
  FROM memberships JOIN users ON users.id = user_id, generate_series(1, ${Math.min(keyCount, MAX_KEYS_PER_ORGANIZATION)}) AS n`);

const secrets = Array.from({ length: presentedCount }, () => createSecret());
const text = `
  UPDATE api_keys SET hash = chosen.hash
  FROM (SELECT id, row_number() OVER (ORDER BY random()) AS n FROM api_keys LIMIT ${presentedCount}) AS place
  JOIN unnest($1::bytea[]) WITH ORDINALITY AS chosen (hash, n) USING (n)
  WHERE api_keys.id = place.id`;
await connection.query({ name: "present-keys", text }, [secrets.map(hashSecret)]);
if (queuedCount > 0) await queuePosts();
await execute("VACUUM ANALYZE");

await close();
await closeDatabase();
await writeFile(secretsFile, JSON.stringify(secrets));

// All due now, so that they are published while other requests run.
async function queuePosts(): Promise<void> {
  await execute(`
    INSERT INTO posts (id, organization_id, account_id, status, parts, wake_at)
    SELECT gen_random_uuid(), organization_id, id, 'queued', '[{"text": "Hello from the bench", "mediaUrls": []}]', now()
    FROM (SELECT organization_id, id FROM social_accounts LIMIT 1) AS account, generate_series(1, ${queuedCount})`);
}
