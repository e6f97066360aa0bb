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
import type { Call, Operation, Reply } from "#lib/http/operation";
import { readInput } from "#lib/http/read-input";
import type { RequestHeaders, RouteHandler } from "#lib/http/route";
import { CONSOLE_LOCALE_HEADER, LOCALES, type Locale } from "#lib/i18n/schema";
import { requireMembership } from "#lib/organizations/require-membership";
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
): RouteHandler => withActor(toPerson, operation, handle);

/** The same for a route about an organization: the one that the session shows, which is created at the first need. */
export const withMembership = <Body, Query, Answer>(
  operation: Operation<Body, Query, Answer>,
  handle: Handler<MemberActor, Body, Query, Answer>,
): RouteHandler => withActor(toMember, operation, handle);

const toPerson = async (session: CurrentSession, headers: RequestHeaders): Promise<UserActor> =>
  toUserActor(readVisitor(headers), session.user.id, session.sessionId);

const toMember = async (session: CurrentSession, headers: RequestHeaders): Promise<MemberActor> => {
  const { organizationId } = session.membership ?? (await requireMembership(session.user.id));
  return { ...(await toPerson(session, headers)), organizationId };
};

const withActor =
  <By extends UserActor, Body, Query, Answer>(
    toActor: (session: CurrentSession, headers: RequestHeaders) => Promise<By>,
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
      const call = await readInput(operation, request, context.params);
      const actor = await toActor(session, request.headers);
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
