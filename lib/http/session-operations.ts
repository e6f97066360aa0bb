import { endedSessionSchema, sessionListSchema, signedOutEverywhereSchema } from "#lib/auth/schema";
import { defineOperation } from "#lib/http/operation";

export const listSessionsOperation = defineOperation({
  id: "listSessions",
  method: "GET",
  path: "/api/sessions",
  summary: "Where the signed-in user is signed in, this session first",
  answer: { status: 200, description: "The sessions", schema: sessionListSchema },
  errors: [],
});

export const endAllSessionsOperation = defineOperation({
  id: "endAllSessions",
  method: "DELETE",
  path: "/api/sessions",
  summary: "Sign out everywhere; every session is over when the answer arrives",
  answer: { status: 200, description: "Signed out", schema: signedOutEverywhereSchema },
  errors: [],
});

export const endSessionOperation = defineOperation({
  id: "endSession",
  method: "DELETE",
  path: "/api/sessions/{sessionId}",
  summary: "End one session, by its id or `current`; it is over when the answer arrives",
  answer: { status: 200, description: "The session is over", schema: endedSessionSchema },
  errors: [404],
});
