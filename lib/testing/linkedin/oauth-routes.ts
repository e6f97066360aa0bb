import { randomBytes } from "node:crypto";
import { type Exchange, type Reply, type Route, requireGrant } from "#lib/testing/linkedin/exchange";
import type { Member, State } from "#lib/testing/linkedin/state";

// What the two products of the app allow.
const SCOPES = ["openid", "profile", "w_member_social"];

const createSecret = () => randomBytes(24).toString("base64url");
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const refuse = (status: number, error: string, error_description: string): Reply => ({
  status,
  body: { error, error_description },
});

/** The page on which members agree, tokens, and who somebody is. */
export const oauthRoutes: Route[] = [
  { method: "GET", path: /^\/oauth\/v2\/authorization$/, answer: showConsent },
  { method: "POST", path: /^\/oauth\/v2\/authorization$/, answer: decide },
  { method: "POST", path: /^\/oauth\/v2\/accessToken$/, answer: giveToken },
  { method: "GET", path: /^\/v2\/userinfo$/, answer: showMember },
];

/** The member of this name, who is there from now on. */
export const findMember = (state: State, name: string): Member => {
  const member = state.members.get(name) ?? { sub: `Member-${state.nextId++}`, name };
  state.members.set(name, member);
  return member;
};

/** Makes a token as if the member had agreed. */
export const grantToken = (state: State, member: Member, scopes = SCOPES): string => {
  const token = createSecret();
  state.tokens.set(token, { member, scopes, expiresAt: Date.now() + state.settings.lifetimeSeconds * 1000 });
  return token;
};

// LinkedIn tells the member about a wrong app or address, and sends nobody back.
function findFault(query: URLSearchParams, { settings }: State): string | undefined {
  if (query.get("client_id") !== settings.clientId) return "The passed in client_id is invalid.";
  const redirectUri = query.get("redirect_uri") ?? "";
  const isKnown = settings.redirectUris.length === 0 || settings.redirectUris.includes(redirectUri);
  if (!URL.canParse(redirectUri) || !isKnown) return "The redirect_uri does not match the registered value";
  if (query.get("response_type") !== "code") return "The passed in response_type is invalid.";
  return undefined;
}

function goBack(query: URLSearchParams, members: Record<string, string>): Reply {
  const target = new URL(query.get("redirect_uri") ?? "");
  target.search = String(new URLSearchParams({ ...members, state: query.get("state") ?? "" }));
  return { status: 302, headers: { location: target.href } };
}

function isAllowed(query: URLSearchParams): boolean {
  return (query.get("scope") ?? "").split(" ").every((scope) => SCOPES.includes(scope));
}

function showConsent({ url: { searchParams: query }, state }: Exchange): Reply {
  const fault = findFault(query, state);
  if (fault)
    return { status: 400, headers: { "content-type": "text/html" }, body: `Bummer, something went wrong. ${fault}` };
  if (!isAllowed(query) || query.has("prompt")) return goBack(query, { error: "unauthorized_scope_error" });
  const hidden = [...query].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const body = `<!doctype html><html lang="en"><title>Sign in</title><h1>The app would like to</h1>
<form method="post">${hidden.join("")}<label>Name <input name="member" value="Ada Lovelace"></label>
<button name="decision" value="allow">Allow</button> <button name="decision" value="cancel">Cancel</button></form></html>`;
  return { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

function decide({ body, state }: Exchange): Reply {
  const query = new URLSearchParams(body.toString());
  const fault = findFault(query, state);
  if (fault) return refuse(400, "invalid_request", fault);
  if (query.get("decision") !== "allow") {
    return goBack(query, {
      error: "user_cancelled_authorize",
      error_description: "The user cancelled the authorization",
    });
  }
  const code = createSecret();
  const member = findMember(state, query.get("member") ?? "");
  const scopes = (query.get("scope") ?? "").split(" ");
  state.codes.set(code, { member, scopes, redirectUri: query.get("redirect_uri") ?? "" });
  return goBack(query, { code });
}

function giveToken({ body, headers, state }: Exchange): Reply {
  if (!headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    return refuse(400, "invalid_request", "A required parameter is missing");
  }
  const form = new URLSearchParams(body.toString());
  const { clientId, clientSecret, lifetimeSeconds } = state.settings;
  if (form.get("client_id") !== clientId || form.get("client_secret") !== clientSecret) {
    return refuse(401, "invalid_client", "Client authentication failed");
  }
  const code = form.get("code") ?? "";
  const grant = state.codes.get(code);
  state.codes.delete(code);
  if (form.get("grant_type") !== "authorization_code" || grant?.redirectUri !== form.get("redirect_uri")) {
    return refuse(
      400,
      "invalid_request",
      "Unable to retrieve access token: appid/redirect uri/code verifier does not match",
    );
  }
  const access_token = grantToken(state, grant.member, grant.scopes);
  const answer = { access_token, expires_in: lifetimeSeconds, scope: grant.scopes.join(","), token_type: "Bearer" };
  return { status: 200, body: answer };
}

function showMember(exchange: Exchange): Reply {
  const { member } = requireGrant(exchange, "openid");
  const [given_name = "", family_name = ""] = member.name.split(" ");
  return { status: 200, body: { ...member, given_name, family_name, locale: { country: "US", language: "en" } } };
}
