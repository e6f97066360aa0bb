import { database } from "#lib/db/database";
import { isUuid } from "#lib/db/is-uuid";
import { ApiError } from "#lib/errors";

/** Ends one of the user's sessions: its token is refused from now on. Throws not found for any other id. */
export const endSession = async (userId: string, sessionId: string): Promise<void> => {
  if (!isUuid(sessionId)) throw notFound();
  const { prisma } = await database();
  const { count } = await prisma.session.deleteMany({ where: { id: sessionId, userId } });
  if (count === 0) throw notFound();
};

function notFound(): ApiError {
  return new ApiError("NotFound", "Session not found");
}
