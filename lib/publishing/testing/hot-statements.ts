/** Fills the largest installation to expect: a thousand organizations, one of which owns a tenth of everything. */
export const SEED = [
  `INSERT INTO users (id, issuer, subject, email)
   SELECT gen_random_uuid(), 'tests', n::text, n || '@example.com' FROM generate_series(1, 1000) n`,
  `INSERT INTO organizations (id, name) SELECT gen_random_uuid(), subject FROM users`,
  `INSERT INTO memberships (organization_id, user_id, role)
   SELECT o.id, u.id, 'owner' FROM organizations o JOIN users u ON u.subject = o.name`,
  `INSERT INTO social_accounts (id, organization_id, network, network_user_id, username, display_name)
   SELECT gen_random_uuid(), id, network, network, network, network FROM organizations, unnest('{sandbox,webhook,bluesky}'::text[]) network`,
  `INSERT INTO api_keys (id, organization_id, created_by_id, name, hash, preview)
   SELECT gen_random_uuid(), organization_id, user_id, 'Key', sha256((user_id || '/' || n)::bytea), 'boring_abc...'
   FROM memberships, generate_series(1, 100) n`,
  `INSERT INTO posts (id, organization_id, account_id, status, parts, created_at, scheduled_at, wake_at)
   SELECT gen_random_uuid(), a.organization_id, a.id, CASE WHEN n % 50 = 0 THEN 'queued' ELSE 'published' END,
          '[{"text": "Hello", "mediaUrls": []}]', now() - n * interval '1 minute',
          CASE WHEN n % 2 = 0 THEN now() - n * interval '1 minute' END,
          CASE WHEN n % 50 = 0 THEN now() - interval '1 minute' END
   FROM (SELECT a.*, CASE o.name WHEN '1' THEN 10000 ELSE 90 END AS posts
         FROM social_accounts a JOIN organizations o ON o.id = a.organization_id WHERE network = 'sandbox') a,
        generate_series(1, posts) n`,
  `INSERT INTO post_parts (post_id, index, identity, network_post_id, url, published_at)
   SELECT id, 0, id || '-0', id::text, '/', created_at FROM posts WHERE status = 'published'`,
  `INSERT INTO post_attempts (post_id, number, outcome) SELECT id, 1, 'published' FROM posts`,
  `INSERT INTO idempotency_keys (organization_id, scope, key, body_hash, resource_id)
   SELECT organization_id, 'posts', id::text, 'a', id FROM posts`,
  `INSERT INTO webhook_endpoints (id, organization_id, url, secret, events)
   SELECT gen_random_uuid(), id, 'https://example.com', 'secret', '{post.failed}' FROM organizations, generate_series(1, 5)`,
  `INSERT INTO webhook_deliveries (id, endpoint_id, event, payload, status, wake_at)
   SELECT gen_random_uuid(), id, 'post.failed', '{}', CASE n WHEN 1 THEN 'waiting' ELSE 'delivered' END,
          CASE n WHEN 1 THEN now() - interval '1 minute' END
   FROM webhook_endpoints, generate_series(1, 10) n`,
  `INSERT INTO mails (id, lane, address, subject, text, wake_at)
   SELECT gen_random_uuid(), id, 'ada@example.com', 'Hello', 'Hello', now() + n * interval '1 minute'
   FROM organizations, generate_series(-1, 20) n`,
  `INSERT INTO webhook_delivery_attempts (delivery_id, number, milliseconds) SELECT id, 1, 1 FROM webhook_deliveries`,
];

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Cond"?: string;
  "Index Name"?: string;
  Filter?: string;
  Plans?: Node[];
};

// Always has one row.
const SMALL = ["publishing_presence"];

/** What a plan reads without an index to lead it: tables from end to end, and indexes too. */
export const readScans = (explained: unknown): string[] => listScans(readPlan(explained));

/** The conditions that lead a plan through its indexes. */
export const readConditions = (explained: unknown): string[] => listConditions(readPlan(explained));

function readPlan(explained: unknown): Node {
  const answer = (Array.isArray(explained) ? explained.at(-1) : explained) as { rows: Record<string, unknown>[] };
  const text = answer.rows[0]?.["QUERY PLAN"];
  const [{ Plan }] = (typeof text === "string" ? JSON.parse(text) : text) as [{ Plan: Node }];
  return Plan;
}

function listConditions({ "Index Cond": condition, Plans = [] }: Node): string[] {
  return [...(condition ? [condition] : []), ...Plans.flatMap(listConditions)];
}

function listScans(node: Node, above?: Node): string[] {
  const { "Node Type": type, "Relation Name": relation, "Index Name": index, Plans = [] } = node;
  const name = relation ?? index;
  // The first entry of an index is as near as any other, unless others have to be passed over.
  const isFirst = above?.["Node Type"] === "Limit" && node.Filter === undefined;
  const isLed = type.includes("Index") ? node["Index Cond"] !== undefined || isFirst : type !== "Seq Scan";
  const isWhole = !isLed && name !== undefined && !SMALL.includes(name);
  return [
    ...(isWhole ? [`${type} on ${name}`] : []),
    ...Plans.flatMap((inner) => listScans(inner, type === "Result" ? above : node)),
  ];
}
