import type { CurrentSession } from "#lib/auth/sessions";
import { isUuid } from "#lib/db/sql-values";
import { ApiError } from "#lib/errors";
import type { MemberOperation } from "#lib/http/operation";
import { findThing, requireMembershipIn, requireMembershipOf } from "#lib/organizations/find-membership";
import type { Membership } from "#lib/organizations/schema";
import { say } from "#lib/problems/problem";

/** The parameter that names the organization of a collection. */
export const ORGANIZATION_PARAMETER = "organization_id";

/** Whether the operation takes `organization_id`: it is about an organization, and no thing in its path names it. */
export const takesOrganization = ({ act, path }: Pick<MemberOperation, "path"> & { act?: unknown }): boolean =>
  act !== undefined && findThing(path) === undefined && !path.includes("{organizationId}");

type Asked = { url: string; params: Record<string, string> };

/**
 * The membership that a request uses, or null when it names no organization and its user belongs to none. Throws 404 for an
 * organization or thing that the user does not have, as for one that does not exist.
 */
export const findMembershipFor = async (
  { path, act }: Pick<MemberOperation, "path" | "act">,
  { user, membership }: CurrentSession,
  { url, params }: Asked,
): Promise<Membership | null> => {
  const thing = findThing(path);
  if (thing) return requireMembershipOf(user.id, thing, params[thing]);
  if (!takesOrganization({ path, act })) return requireMembershipIn(user.id, params.organizationId ?? "");
  const named = new URL(url).searchParams.get(ORGANIZATION_PARAMETER);
  if (named !== null) return requireMembershipIn(user.id, requireId(named.trim()));
  return membership;
};

// Unlike an id in a path, a parameter has a rule that can be told.
function requireId(given: string): string {
  if (isUuid(given)) return given;
  const problem = say("organization_id_form");
  const fields = { [ORGANIZATION_PARAMETER]: [problem] };
  throw new ApiError("InvalidRequest", problem, { at: ORGANIZATION_PARAMETER, fields });
}
