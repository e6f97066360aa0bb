import { clearedSessionCookie } from "#lib/auth/read-visitor";
import { endSession } from "#lib/auth/sessions";
import { routeMethods } from "#lib/http/route-methods";
import { endSessionOperation } from "#lib/http/session-operations";
import { withSession } from "#lib/http/with-session";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  DELETE: withSession(endSessionOperation, async ({ actor, session, params }) => {
    const { sessionId: asked = "" } = params;
    const isCurrent = asked === "current" || asked.toLowerCase() === session.sessionId;
    await endSession(actor, isCurrent ? session.sessionId : asked);
    return {
      body: { success: true, message: "Session ended successfully" },
      ...(isCurrent && { headers: { "Set-Cookie": clearedSessionCookie() } }),
    };
  }),
});
