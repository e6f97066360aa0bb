#!/usr/bin/env bash
# Node documents url.domainToASCII(domain) as the ASCII form of a domain, and the empty string for an invalid one. It reads the
# host as it stands in a URL instead: it cuts off everything from a slash, a question mark or a hash on, undoes
# percent-encoding, and turns numbers into IPv4 addresses. What was no domain comes back as another text that is one. One would
# expect the empty string for each. Exits with 1 when that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "dependencies": {"node": "24.21.0"}, "allowScripts": {"node": true}}' >package.json
npm install --no-audit --no-fund --loglevel=error >/dev/null
cat >try.mjs <<'JS'
import { domainToASCII } from "node:url";
console.log(`node ${process.version}`);
const EXPECTED = [
  ["b\u00fccher.example", "xn--bcher-kva.example"],
  ["xn--i\u00f1valid.com", ""],
  ["a.example/b", "a.example"],
  ["a.example?b", "a.example"],
  ["a.example#b", "a.example"],
  ["%61.example", "a.example"],
  ["1", "0.0.0.1"],
  ["0x7f.1", "127.0.0.1"],
];
let isAsBefore = true;
for (const [given, expected] of EXPECTED) {
  const found = domainToASCII(given);
  console.log(`${JSON.stringify(given).padEnd(20)} ${JSON.stringify(found)}`);
  isAsBefore &&= found === expected;
}
process.exit(isAsBefore ? 0 : 1);
JS
./node_modules/.bin/node try.mjs
