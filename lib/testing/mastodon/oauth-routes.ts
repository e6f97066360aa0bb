import { createHash, randomBytes } from "node:crypto";
import { type Exchange, Refusal, type Reply, type Route, readMembers } from "#lib/testing/mastodon/exchange";
import { type App, PEOPLE, type State } from "#lib/testing/mastodon/state";

const INVALID_GRANT =
  "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.";

const OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";

const createSecret = () => randomBytes(24).toString("base64url");
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const oauthError = (status: number, error: string, error_description: string): Reply => ({
  status,
  body: { error, error_description },
});

/** Registration of applications, the page on which people agree, and tokens. */
export const oauthRoutes: Route[] = [
  { method: "POST", path: /^\/api\/v1\/apps$/, answer: registerApp },
  { method: "GET", path: /^\/\.well-known\/oauth-authorization-server$/, answer: describe },
  { method: "GET", path: /^\/oauth\/authorize$/, answer: showConsent },
  { method: "POST", path: /^\/oauth\/authorize$/, answer: decide },
  { method: "POST", path: /^\/oauth\/token$/, answer: giveToken },
  { method: "POST", path: /^\/oauth\/revoke$/, answer: revokeToken },
];

async function registerApp(exchange: Exchange): Promise<Reply> {
  const { client_name, redirect_uris, scopes = "read" } = await readMembers(exchange);
  const uris = [redirect_uris].flat().flatMap((it) => String(it).split(/\s+/));
  if (!client_name || !uris.every((it) => URL.canParse(it))) {
    throw new Refusal(422, "Validation failed: Redirect URI must be an absolute URI.");
  }
  if (exchange.state.settings.refusesFineScopes === "registering" && String(scopes).includes(":")) {
    throw new Refusal(422, "Validation failed: Scopes doesn't match configured on the server.");
  }
  const app: App = {
    id: createSecret(),
    secret: createSecret(),
    name: String(client_name),
    redirectUris: uris,
    scopes: String(scopes).split(" "),
  };
  exchange.state.apps.set(app.id, app);
  const body = {
    id: "1",
    name: client_name,
    redirect_uri: uris.join("\n"),
    client_id: app.id,
    client_secret: app.secret,
  };
  return { status: 200, body };
}

function describe({ state: { url, settings } }: Exchange): Reply {
  if (!settings.takesCodeChallenges) throw new Refusal(404, "Not found");
  const body = {
    issuer: `${url}/`,
    authorization_endpoint: `${url}/oauth/authorize`,
    token_endpoint: `${url}/oauth/token`,
    code_challenge_methods_supported: ["S256"],
  };
  return { status: 200, body };
}

function requireApp(query: URLSearchParams, { apps }: State): App {
  const app = apps.get(query.get("client_id") ?? "");
  const isAllowed = query
    .get("scope")
    ?.split(" ")
    .every((scope) => app?.scopes.includes(scope));
  if (
    !app?.redirectUris.includes(query.get("redirect_uri") ?? "") ||
    query.get("response_type") !== "code" ||
    !isAllowed
  ) {
    throw new Refusal(400, "The client, its scopes or its redirect URI are not known.");
  }
  return app;
}

function showConsent({ url, state }: Exchange): Reply {
  const { redirectUris } = requireApp(url.searchParams, state);
  if (state.settings.refusesFineScopes === "agreeing" && url.searchParams.get("scope")?.includes(":")) {
    const target = new URL(redirectUris[0] ?? "");
    target.search = String(new URLSearchParams({ error: "invalid_scope", state: url.searchParams.get("state") ?? "" }));
    return { status: 302, headers: { location: target.href }, body: "" };
  }
  const hidden = [...url.searchParams].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const people = Object.keys(PEOPLE).map((name) => `<option>${name}</option>`);
  const body = `<!doctype html><html lang="en"><title>Authorization required</title><h1>Authorization required</h1>
<form method="post" action="/oauth/authorize">${hidden.join("")}
<label>Account <select name="username">${people.join("")}</select></label>
<button name="decision" value="agree">Authorize</button> <button name="decision" value="deny">Deny</button></form></html>`;
  return { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

function decide(exchange: Exchange): Reply {
  const { state } = exchange;
  const query = new URLSearchParams(exchange.body.toString());
  const app = requireApp(query, state);
  const redirectUri = query.get("redirect_uri") ?? "";
  const target = new URL(redirectUri);
  if (query.get("decision") === "agree") {
    const code = createSecret();
    state.codes.set(code, {
      username: query.get("username") ?? "alice",
      clientId: app.id,
      scopes: query.get("scope")?.split(" ") ?? [],
      codeChallenge: query.get("code_challenge") ?? "",
      redirectUri,
    });
    target.searchParams.set("code", code);
  } else {
    target.searchParams.set("error", "access_denied");
    target.searchParams.set("error_description", "The resource owner or authorization server denied the request.");
  }
  if (redirectUri === OUT_OF_BAND) return { status: 200, body: { code: target.searchParams.get("code") } };
  target.searchParams.set("state", query.get("state") ?? "");
  return { status: 302, headers: { location: target.href }, body: "" };
}

async function giveToken(exchange: Exchange): Promise<Reply> {
  const { state } = exchange;
  const { client_id, client_secret, code, redirect_uri, code_verifier = "" } = await readMembers(exchange);
  const app = state.apps.get(String(client_id));
  if (!app || app.secret !== client_secret) return oauthError(401, "invalid_client", "Client authentication failed.");
  const grant = state.codes.get(String(code));
  state.codes.delete(String(code));
  const challenge = createHash("sha256").update(String(code_verifier)).digest("base64url");
  const isProven = !grant?.codeChallenge || grant.codeChallenge === challenge;
  if (grant?.clientId !== app.id || grant.redirectUri !== redirect_uri || !isProven) {
    return oauthError(400, "invalid_grant", INVALID_GRANT);
  }
  const token = createSecret();
  const { username, clientId, scopes } = grant;
  state.tokens.set(token, { username, clientId, scopes });
  const body = { access_token: token, token_type: "Bearer", scope: scopes.join(" "), created_at: 1_573_979_017 };
  return { status: 200, body };
}

async function revokeToken(exchange: Exchange): Promise<Reply> {
  const { client_id, client_secret, token } = await readMembers(exchange);
  const app = exchange.state.apps.get(String(client_id));
  const known = exchange.state.tokens.get(String(token));
  if (app?.secret !== client_secret || (known && known.clientId !== client_id)) {
    return oauthError(403, "unauthorized_client", "You are not authorized to revoke this token");
  }
  exchange.state.tokens.delete(String(token));
  return { status: 200, body: {} };
}
