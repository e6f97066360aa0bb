#!/usr/bin/env bash
# @prisma/adapter-pg sends a Date for timestamptz as text without a zone, so that PostgreSQL takes it for the session's own
# zone, and takes every offset that it reads for +00:00. Written and read by it a moment looks right; for SQL's now(), for
# other programs, and after the zone was changed it is hours off, on every server whose TimeZone is not UTC. One would expect
# the same instant, as node-postgres itself sends and reads it. Exits with 1 when that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --ignore-scripts --silent @prisma/adapter-pg@7.10.0 pg@8.23.1
cat > run.mjs <<'JS'
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
// A pool that shows what is sent, and answers as a server in Taipei does.
let sent;
class Pool extends pg.Pool {
  async query({ values, types }) {
    sent = values[0];
    const at = types.getTypeParser(1184, "text")("2026-07-01 20:00:00+08");
    return { fields: [{ name: "at", dataTypeID: 1184 }], rows: [[at]], rowCount: 1 };
  }
}
const adapter = await new PrismaPg(new Pool()).connect();
const argTypes = [{ scalarType: "datetime", dbType: "TIMESTAMPTZ", arity: "scalar" }];
const { rows } = await adapter.queryRaw({ sql: "SELECT $1::timestamptz AS at", args: ["2026-07-01T12:00:00.000Z"], argTypes });
console.log("@prisma/adapter-pg 7.10.0");
console.log(`the instant 2026-07-01T12:00:00Z is sent as    ${sent}`);
console.log(`the text    2026-07-01 20:00:00+08 is read as  ${rows[0][0]}  (it is 2026-07-01T12:00:00Z)`);
console.log(`node-postgres itself reads it as               ${pg.types.getTypeParser(1184)("2026-07-01 20:00:00+08").toISOString()}`);
process.exit(sent === "2026-07-01 12:00:00" && rows[0][0] === "2026-07-01T20:00:00+00:00" ? 0 : 1);
JS
node run.mjs
