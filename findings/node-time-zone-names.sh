#!/usr/bin/env bash
# Intl.supportedValuesOf("timeZone") is what one would offer people to choose from. In Node it lists names that IANA has
# replaced (Asia/Calcutta, Europe/Kiev) and not the ones that it has now (Asia/Kolkata, Europe/Kyiv), and it does not list UTC,
# which every implementation must support. Intl.DateTimeFormat accepts all of them, so a zone that a browser reports may not be
# in the list. Exits with 1 when that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "dependencies": {"node": "24.21.0"}, "allowScripts": {"node": true}}' >package.json
npm install --no-audit --no-fund --loglevel=error >/dev/null
cat >try.mjs <<'JS'
console.log(`node ${process.version}, ICU ${process.versions.icu}, time zones ${process.versions.tz}`);
const listed = new Set(Intl.supportedValuesOf("timeZone"));
const EXPECTED = {
  "Asia/Calcutta": true,
  "Asia/Kolkata": false,
  "Asia/Saigon": true,
  "Asia/Ho_Chi_Minh": false,
  "Asia/Katmandu": true,
  "Asia/Kathmandu": false,
  "Europe/Kiev": true,
  "Europe/Kyiv": false,
  UTC: false,
};
let isAsBefore = true;
for (const [timeZone, expected] of Object.entries(EXPECTED)) {
  const resolved = new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  console.log(`${timeZone.padEnd(18)} ${listed.has(timeZone) ? "listed    " : "not listed"} accepted as ${resolved}`);
  isAsBefore &&= listed.has(timeZone) === expected;
}
process.exit(isAsBefore ? 0 : 1);
JS
./node_modules/.bin/node try.mjs
