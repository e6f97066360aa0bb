import { randomUUID } from "node:crypto";
import type { UserActor } from "#lib/audit/schema";
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
import { say } from "#lib/problems/problem";

type Handler<Body, Query, Answer> = (
  call: Call<Body, Query> & { session: CurrentSession; userId: string; actor: UserActor; locale: Locale | undefined },
) => Promise<Reply<Answer>>;

/**
 * Wraps a route that requires the console's session cookie and a request from the console's own origin. It ignores API keys.
 */
export const withSession =
  <Body, Query, Answer>(
    operation: Operation<Body, Query, Answer>,
    handle: Handler<Body, Query, Answer>,
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
      const actor = toUserActor(readVisitor(request.headers), session.user.id, session.sessionId);
      const reply = await watchCommits(progress, () =>
        handle(Object.assign(call, { session, locale, userId: session.user.id, actor })),
      );
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
