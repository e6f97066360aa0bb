import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/sql-values";
import { ApiError } from "#lib/errors";
import { organizationNotFound } from "#lib/organizations/as-member";
import { type Membership, roleSchema } from "#lib/organizations/schema";
import { type Problem, say } from "#lib/problems/problem";

/** What belongs to an organization and has an address of its own: its table by the name of its id in paths. */
const THINGS = {
  keyId: { table: "api_keys", missing: say("key_not_found") },
  accountId: { table: "social_accounts", missing: say("account_not_found") },
  postId: { table: "posts", missing: say("post_not_found") },
  webhookId: { table: "webhook_endpoints", missing: say("webhook_not_found") },
} as const satisfies Record<string, { table: string; missing: Problem }>;
export type ThingId = keyof typeof THINGS;

/** The name of the thing's id in a path, if the path is about one. */
export const findThing = (path: string): ThingId | undefined =>
  (Object.keys(THINGS) as ThingId[]).find((name) => path.includes(`{${name}}`));

/**
 * The user's membership in the organization that a thing belongs to. Throws the thing's own 404 when there is no such thing,
 * and when the user does not belong to its organization.
 */
export const requireMembershipOf = async (
  userId: string,
  thing: ThingId,
  id: string | undefined,
): Promise<Membership> => {
  const { table, missing } = THINGS[thing];
  const membership = isUuid(id)
    ? await findOne(`(SELECT organization_id FROM ${table} WHERE id = $2::uuid)`, userId, id)
    : undefined;
  if (!membership) throw new ApiError("NotFound", missing);
  return membership;
};

/**
 * The user's membership in the organization with this id. Throws 404, the same for unknown ids and for organizations of
 * others.
 */
export const requireMembershipIn = async (userId: string, organizationId: string): Promise<Membership> => {
  const membership = isUuid(organizationId) && (await findOne("$2::uuid", userId, organizationId));
  if (!membership) throw organizationNotFound();
  return membership;
};

async function findOne(organizationId: string, userId: string, id: string): Promise<Membership | undefined> {
  const { urgent } = await database();
  const [row] = await urgent.$queryRawUnsafe<{ organizationId: string; role: string }[]>(
    `SELECT m.organization_id AS "organizationId", m.role FROM memberships m
     JOIN organizations o ON o.id = m.organization_id AND o.deleted_at IS NULL
     WHERE m.user_id = $1::uuid AND m.organization_id = ${organizationId}`,
    userId,
    id,
  );
  return row && { organizationId: row.organizationId, role: roleSchema.parse(row.role) };
}
