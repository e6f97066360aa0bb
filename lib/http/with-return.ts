import { randomUUID } from "node:crypto";
import type { UserActor } from "#lib/audit/schema";
import { readSessionToken, readVisitor, toUserActor } from "#lib/auth/read-visitor";
import { findSession } from "#lib/auth/sessions";
import { toLocalPath } from "#lib/auth/to-local-path";
import { errorPage } from "#lib/http/error-page";

type Handler = (call: { actor: UserActor; query: URLSearchParams }) => Promise<string>;

/**
 * The address at which another site gives a signed-in user back. Nothing is shown there: the handler says which page of
 * this installation comes next, and what the address carried is left behind. Without a session that is `page` as well,
 * which asks for one. Whoever comes back is a person: whatever goes wrong, they see a page.
 */
export const withReturn =
  (page: string, handle: Handler) =>
  async (request: Request): Promise<Response> => {
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

function toRedirect(location: string, requestId: string): Response {
  const headers = { Location: location, "Cache-Control": "no-store", "X-Request-Id": requestId };
  return new Response(null, { status: 303, headers });
}
