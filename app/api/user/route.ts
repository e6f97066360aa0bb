import { clearedSessionCookie } from "#lib/auth/read-visitor";
import { routeMethods } from "#lib/http/route-methods";
import { deleteUserOperation, getUserOperation, updateUserOperation } from "#lib/http/user-operations";
import { withSession } from "#lib/http/with-session";
import { deleteUser } from "#lib/users/delete-user";
import { getUser, updateUser } from "#lib/users/update-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(getUserOperation, async ({ actor }) => ({ body: await getUser(actor.userId) })),
  PATCH: withSession(updateUserOperation, async ({ actor, body }) => ({ body: await updateUser(actor, body) })),
  DELETE: withSession(deleteUserOperation, async ({ actor, body }) => {
    await deleteUser(actor, body.email);
    return { body: { success: true }, headers: { "Set-Cookie": clearedSessionCookie() } };
  }),
});
