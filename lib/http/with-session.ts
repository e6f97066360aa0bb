import { randomUUID } from "node:crypto";
import type { MemberActor, UserActor } from "#lib/audit/schema";
import { readSessionToken, readVisitor, toUserActor } from "#lib/auth/read-visitor";
import { type CurrentSession, findSession } from "#lib/auth/sessions";
import { watchCommits } from "#lib/db/database-errors";
import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import { errorPage, isNavigation } from "#lib/http/error-page";
import { errorResponse, type OperationProgress } from "#lib/http/error-response";
import { replyResponse } from "#lib/http/json-response";
import { requireAttempt } from "#lib/http/limit-failures";
import type { Call, MemberOperation, Operation, Reply } from "#lib/http/operation";
import { readInput } from "#lib/http/read-input";
import { findMembershipFor } from "#lib/http/require-membership-for";
import type { RequestHeaders, RouteHandler, RouteRequest } from "#lib/http/route";
import { CONSOLE_LOCALE_HEADER, LOCALES, type Locale } from "#lib/i18n/schema";
import { requireAct } from "#lib/organizations/acts";
import { requireMembership } from "#lib/organizations/require-membership";
import type { Membership } from "#lib/organizations/schema";
import { say } from "#lib/problems/problem";

/** Who sent a request, and in which language their console is. */
type Signed<By extends UserActor> = { session: CurrentSession; actor: By; locale: Locale | undefined };

type Handler<By extends UserActor, Body, Query, Answer> = (
  call: Call<Body, Query> & Signed<By>,
) => Promise<Reply<Answer>>;

/**
 * Wraps a route about the signed-in person. It requires the console's session cookie and a request from the console's own
 * origin, and ignores API keys.
 */
export const withSession = <Body, Query, Answer>(
  operation: Operation<Body, Query, Answer>,
  handle: Handler<UserActor, Body, Query, Answer>,
): RouteHandler => withActor(async (session, request) => async () => toPerson(session, request), operation, handle);

/**
 * The same for a route about an organization: the one that the path's thing belongs to, else the one that `organization_id`
 * names, else the one that the session shows. Throws 403 when the member's role may not do this. A user without any
 * organization gets one of their own, unless their input is refused.
 */
export const withMembership = <Body, Query, Answer>(
  operation: MemberOperation<Body, Query, Answer>,
  handle: Handler<Member, Body, Query, Answer>,
): RouteHandler =>
  withActor<Member, Body, Query, Answer>(
    async (session, request, params) => {
      const membership = await findMembershipFor(operation, session, { url: request.url, params });
      const admit = ({ role, organizationId }: Membership): Member => {
        requireAct(role, operation.act);
        return { ...toPerson(session, request), role, organizationId };
      };
      const member = membership && admit(membership);
      return async () => member ?? admit(await requireMembership(session.user.id));
    },
    operation,
    handle,
  );

/** A member who acts, with the role that they had when the request arrived. */
type Member = MemberActor & Membership;

const toPerson = (session: CurrentSession, { headers }: RouteRequest): UserActor =>
  toUserActor(readVisitor(headers), session.user.id, session.sessionId);

/** Lets a request in before its input is read, and returns who acts, once the input is known to be good. */
type Admit<By> = (
  session: CurrentSession,
  request: RouteRequest,
  params: Record<string, string>,
) => Promise<() => Promise<By>>;

const withActor =
  <By extends UserActor, Body, Query, Answer>(
    admit: Admit<By>,
    operation: Operation<Body, Query, Answer>,
    handle: Handler<By, Body, Query, Answer>,
  ): RouteHandler =>
  async (request, context) => {
    const requestId = randomUUID();
    const locale = readConsoleLocale(request.headers);
    const progress: OperationProgress = { operation, isCommitted: false };
    try {
      if (isForeignOrigin(request.headers)) {
        throw new ApiError("Forbidden", say("origin_foreign"));
      }
      const session = await requireSession(request.headers);
      if (operation.limit) await requireAttempt(operation.id, request.headers, operation.limit);
      const { params } = context;
      const toActor = await admit(session, request, params);
      const call = await readInput(operation, request, params);
      const actor = await toActor();
      const reply = await watchCommits(progress, () => handle(Object.assign(call, { session, locale, actor })));
      return replyResponse(operation.answer, reply, requestId);
    } catch (error) {
      if (operation.page && isNavigation(request.headers)) return errorPage(error, operation.page, requestId);
      return errorResponse(error, "error", requestId, {}, { progress, locale });
    }
  };

async function requireSession(headers: RequestHeaders): Promise<CurrentSession> {
  const token = readSessionToken(headers.get("cookie"));
  const session = token ? await findSession(token) : null;
  if (!session) throw new ApiError("Unauthorized", say("authentication_required"));
  return session;
}

/**
 * Whether a browser says that another origin's page sent the request (Fetch Metadata first, then Origin). Programs send
 * neither header, and their requests are not foreign.
 */
const isForeignOrigin = (headers: RequestHeaders): boolean => {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (site !== null && site !== "same-origin" && site !== "none") return true;
  return origin !== null && origin !== settings().publicUrl;
};

/** The language of the console page that sent the request. Undefined for programs, which get the API's own sentences. */
export const readConsoleLocale = (headers: RequestHeaders): Locale | undefined => {
  const named = headers.get(CONSOLE_LOCALE_HEADER);
  return LOCALES.find((locale) => locale === named);
};
