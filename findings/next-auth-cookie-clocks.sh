#!/usr/bin/env bash
# next-auth 4 gives the cookies state and pkce.code_verifier of a sign-in a Max-Age of a quarter of an hour, but nonce only an
# Expires, computed from the server's clock. A browser whose clock is more than that ahead drops nonce at once, and the sign-in
# ends with a missing cookie. One would expect a Max-Age for all three, because it needs no common clock. Exits with 1 when that
# is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "dependencies": {"next-auth": "4.24.15", "next": "16.4.5", "react": "19.3.1", "react-dom": "19.3.1"}}' >package.json
npm install --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null
cat >try.cjs <<'JS'
const path = require("node:path");
// The part of next-auth that its handlers for each framework call.
const core = path.resolve("node_modules/next-auth/core/index.js");
const { AuthHandler } = require(core);
const { serialize } = require(require.resolve("cookie", { paths: [core] }));
console.log(`next-auth ${require(path.resolve("node_modules/next-auth/package.json")).version}`);
const id = "https://id.example";
const provider = {
  ...{ id: "id", name: "Id", type: "oauth", issuer: id, clientId: "client", clientSecret: "secret", idToken: true },
  ...{ authorization: `${id}/authorize`, token: `${id}/token`, userinfo: `${id}/userinfo` },
  checks: ["state", "nonce", "pkce"],
  profile: ({ sub }) => ({ id: sub }),
};
const options = { providers: [provider], secret: "secret" };
const call = (request) => AuthHandler({ req: { origin: "http://localhost:3000", headers: {}, query: {}, ...request }, options });
(async () => {
  const { body, cookies } = await call({ action: "csrf", method: "GET", cookies: {} });
  const csrf = cookies.find(({ name }) => name.endsWith("csrf-token"));
  const answer = await call({
    ...{ action: "signin", providerId: "id", method: "POST", cookies: { [csrf.name]: csrf.value } },
    body: { csrfToken: body.csrfToken, callbackUrl: "http://localhost:3000" },
  });
  const lines = answer.cookies
    .filter(({ name }) => /state|nonce|pkce/.test(name))
    .map(({ name, options }) => serialize(name, "value", options));
  for (const line of lines) console.log(line);
  const withoutMaxAge = lines.filter((line) => !line.includes("; Max-Age=")).map((line) => line.split("=")[0]);
  process.exit(lines.length === 3 && withoutMaxAge.join() === "next-auth.nonce" ? 0 : 1);
})();
JS
NEXTAUTH_URL=http://localhost:3000 node try.cjs
