import { settings } from "#lib/env";
import { ApiError } from "#lib/errors";
import { routeMethods } from "#lib/http/route-methods";
import { withPublic } from "#lib/http/with-public";
import { say } from "#lib/problems/problem";

const VALID_DAYS = 30;

/** Where vulnerabilities of this server are reported (RFC 9116). It never goes out of date, because it is written anew. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withPublic(() => {
    const { securityContact, publicUrl } = settings();
    if (securityContact === undefined) throw new ApiError("NotFound", say("nothing_here"));
    const expires = new Date(Date.now() + VALID_DAYS * 86_400_000).toISOString();
    return `Contact: ${securityContact}
Expires: ${expires}
Preferred-Languages: en, zh-TW
Canonical: ${publicUrl}/.well-known/security.txt
`;
  }, "text/plain"),
});
