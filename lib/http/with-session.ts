import { randomUUID } from "node:crypto";
import type { UserActor } from "#lib/audit/schema";
import { type CurrentSession, findSession } from "#lib/auth/find-session";
import { readVisitor } from "#lib/auth/read-visitor";
import { readSessionToken } from "#lib/auth/session-cookie";
import { toUserActor } from "#lib/auth/to-user-actor";
import { watchCommits } from "#lib/db/note-commit";
import { ApiError } from "#lib/errors";
import { errorPage, isNavigation } from "#lib/http/error-page";
import { errorResponse, type OperationProgress } from "#lib/http/error-response";
import { isForeignOrigin } from "#lib/http/is-foreign-origin";
import type { Call, Operation, Reply, RouteHandler } from "#lib/http/operation";
import { readConsoleLocale } from "#lib/http/read-console-locale";
import { readInput } from "#lib/http/read-input";
import { replyResponse } from "#lib/http/reply-response";
import { requireAttempt } from "#lib/http/require-attempt";
import type { Locale } from "#lib/i18n/schema";
import { say } from "#lib/problems/problem";

type Handler<Body, Query, Answer> = (
  call: Call<Body, Query> & { session: CurrentSession; userId: string; actor: UserActor; locale: Locale | undefined },
) => Promise<Reply<Answer>>;

/**
 * A route that only the console's session cookie opens, and only for requests from the console's own origin.
 * API keys mean nothing here.
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
      const call = await readInput(operation, request, await context.params);
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

async function requireSession(headers: Headers): Promise<CurrentSession> {
  const token = readSessionToken(headers.get("cookie"));
  const session = token ? await findSession(token) : null;
  if (!session) throw new ApiError("Unauthorized", say("authentication_required"));
  return session;
}
