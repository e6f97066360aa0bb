import { randomUUID } from "node:crypto";
import type { UserActor } from "#lib/audit/schema";
import { readSessionToken, readVisitor, toUserActor } from "#lib/auth/read-visitor";
import { findSession } from "#lib/auth/sessions";
import { toLocalPath } from "#lib/auth/to-local-path";
import { errorPage } from "#lib/http/error-page";
import { emptyResponse } from "#lib/http/json-response";
import type { RouteAnswer, RouteHandler } from "#lib/http/route";

type Handler = (call: { actor: UserActor; query: URLSearchParams }) => Promise<string>;

/**
 * Wraps the address to which another site sends a signed-in user back. It shows nothing itself: the handler chooses the next
 * page of this installation, and the parameters of the address are dropped. Without a session the next page is `page`, which
 * asks for one. The visitor is a person, so every error is shown as a page.
 */
export const withReturn =
  (page: string, handle: Handler): RouteHandler =>
  async (request) => {
    const requestId = randomUUID();
    try {
      const token = readSessionToken(request.headers.get("cookie"));
      const session = token ? await findSession(token) : null;
      if (!session) return toRedirect(page, requestId);
      const actor = toUserActor(readVisitor(request.headers), session.user.id, session.sessionId);
      const next = await handle({ actor, query: new URL(request.url).searchParams });
      return toRedirect(toLocalPath(next), requestId);
    } catch (error) {
      return errorPage(error, page, requestId);
    }
  };

function toRedirect(location: string, requestId: string): RouteAnswer {
  return emptyResponse(303, { Location: location, "Cache-Control": "no-store", "X-Request-Id": requestId });
}
