import { clearedSessionCookie } from "#lib/auth/read-visitor";
import { endAllSessions, listSessions } from "#lib/auth/sessions";
import { routeMethods } from "#lib/http/route-methods";
import { endAllSessionsOperation, listSessionsOperation } from "#lib/http/session-operations";
import { withSession } from "#lib/http/with-session";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(listSessionsOperation, async ({ actor, session }) => ({
    body: { sessions: await listSessions(actor.userId, session.sessionId) },
  })),
  DELETE: withSession(endAllSessionsOperation, async ({ actor }) => {
    await endAllSessions(actor);
    return {
      body: { success: true, message: "Signed out everywhere" },
      headers: { "Set-Cookie": clearedSessionCookie() },
    };
  }),
});
