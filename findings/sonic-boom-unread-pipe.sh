#!/usr/bin/env bash
# A process that logs through sonic-boom (as pino's asynchronous destination does) to a pipe whose reader has stopped reading
# does not end at process.exit(): the write waits in Node's thread pool, and the exit waits for the thread. One would expect it
# to end, as it does when the same lines are written with process.stdout. Exits with 1 when that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
reader=
trap 'kill $reader 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "dependencies": {"pino": "10.4.0", "sonic-boom": "5.0.2"}}' >package.json
npm install --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null
cat >write.cjs <<'JS'
const WAYS = {
  "process.stdout": () => process.stdout,
  "sonic-boom": () => new (require("sonic-boom"))({ fd: 1, sync: false }),
  pino: () => {
    const logger = require("pino")(require("pino").destination({ dest: 1, sync: false }));
    return { write: (line) => logger.info(line) };
  },
};
const target = WAYS[process.argv[2]]();
for (let n = 0; n < 2000; n++) target.write(`${"x".repeat(200)}\n`);
setTimeout(() => process.exit(0), 500);
JS
mkfifo unread
sleep 1000 <unread &
reader=$!
exec 3>unread
echo "pino 10.4.0, sonic-boom 5.0.2, node $(node --version)"
ended() {
  node write.cjs "$1" >&3 2>/dev/null &
  local writer=$! code=still-running
  for _ in $(seq 50); do
    kill -0 $writer 2>/dev/null || { code=ended; break; }
    sleep 0.1
  done
  kill -9 $writer 2>/dev/null || true
  wait $writer 2>/dev/null || true
  echo "$code"
}
seen=
for way in process.stdout sonic-boom pino; do
  state=$(ended "$way")
  printf '%-15s five seconds later: %s\n' "$way" "$state"
  seen+="$state "
done
[ "$seen" = "ended still-running still-running " ]
