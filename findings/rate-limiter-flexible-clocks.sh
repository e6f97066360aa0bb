#!/usr/bin/env bash
# rate-limiter-flexible 11.4.0 keeps counts in PostgreSQL and judges them by the clock of whichever process asks. Of two
# processes that share a table, the one whose clock is 90 seconds ahead takes a count of 60 seconds for over and begins it
# anew; the other one then tells its caller to wait for 150 seconds of a limit that lasts 60. The database, which all of
# them share, is never asked for the time. (The database here is PGlite, PostgreSQL in this process.) Exits with 1 when that
# changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "dependencies": {"rate-limiter-flexible": "11.4.0", "@electric-sql/pglite": "0.5.16"}}' >package.json
npm install --no-audit --no-fund --loglevel=error >/dev/null
cat >try.mjs <<'JS'
import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { RateLimiterPostgres } from "rate-limiter-flexible";

const { version } = JSON.parse(readFileSync("node_modules/rate-limiter-flexible/package.json", "utf8"));
console.log(`rate-limiter-flexible ${version}`);
const database = new PGlite();
const storeClient = {
  query: async ({ text, values }) => {
    const { rows, affectedRows } = await database.query(text, values);
    return { rows, rowCount: affectedRows ?? rows.length };
  },
};
await database.exec("CREATE TABLE counts (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint)");
const options = { storeClient, storeType: "client", tableName: "counts", tableCreated: true, points: 2, duration: 60 };
const limiter = new RateLimiterPostgres({ ...options, clearExpiredByTimeout: false });
const own = Date.now;
const consume = async (secondsAhead) => {
  Date.now = () => own() + secondsAhead * 1000;
  const result = await limiter.consume("caller").catch((refusal) => refusal);
  return { consumed: result.consumedPoints, seconds: Math.round(result.msBeforeNext / 1000) };
};
const seen = [await consume(0), await consume(0), await consume(90), await consume(0), await consume(0)];
console.log(seen);
const expected = [[1, 60], [2, 60], [1, 60], [2, 150], [3, 150]];
process.exit(JSON.stringify(seen.map(Object.values)) === JSON.stringify(expected) ? 0 : 1);
JS
node try.mjs
