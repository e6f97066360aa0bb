#!/usr/bin/env bash
# Node's HTTP server, told to ignore an offer to upgrade (`shouldUpgradeCallback: () => false`), answers the request that
# made the offer, and silently drops whatever came behind it in the same packet: a pipelined request is never answered,
# and the connection stays open. Exits with 1 when that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "dependencies": {"node": "24.21.0"}, "allowScripts": {"node": true}}' >package.json
npm install --no-audit --no-fund --loglevel=error >/dev/null
cat >try.mjs <<'JS'
import { createServer } from "node:http";
import { connect } from "node:net";

console.log(`node ${process.version}`);
const server = createServer({ shouldUpgradeCallback: () => false }, (request, response) => response.end(request.url));
server.listen(0, "127.0.0.1", async () => {
  const first = (fields) => `GET /first HTTP/1.1\r\nHost: x\r\n${fields}\r\n`;
  const offer = "Connection: Upgrade\r\nUpgrade: h2c\r\n";
  const second = "GET /second HTTP/1.1\r\nHost: x\r\n\r\n";
  const answers = async (...packets) => {
    const socket = connect(server.address().port, "127.0.0.1");
    let raw = "";
    socket.on("data", (chunk) => {
      raw += chunk;
      if (packets.length > 0) socket.write(packets.shift());
    });
    socket.write(packets.shift());
    await new Promise((resolve) => setTimeout(resolve, 1500));
    socket.destroy();
    return raw.match(/\/(?:first|second)/g) ?? [];
  };
  const seen = {
    "no offer, both requests in one packet": await answers(first("") + second),
    "an offer, the second request in a packet of its own": await answers(first(offer), second),
    "an offer, both requests in one packet": await answers(first(offer) + second),
  };
  console.log(seen);
  process.exit(Object.values(seen).map((list) => list.length).join() === "2,2,1" ? 0 : 1);
});
JS
./node_modules/.bin/node try.mjs
