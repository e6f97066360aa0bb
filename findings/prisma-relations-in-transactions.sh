#!/usr/bin/env bash
# Inside an interactive transaction, Prisma 7 reads the relations of an `include` at the same time, although a transaction has
# one connection. One would expect one query after the other, as everywhere in a transaction. node-postgres 8 still puts
# them in a queue, prints once that this "is deprecated and will be removed in pg@9.0", and names no caller: the warning shows
# up in servers that never call a client twice themselves. Exits with 1 when that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm pkg set type=module >/dev/null
npm install --no-audit --no-fund --ignore-scripts --silent prisma@7.10.0 @prisma/client@7.10.0 @prisma/adapter-pg@7.10.0 pg@8.23.1
cat > schema.prisma <<'S'
generator client {
  provider            = "prisma-client"
  output              = "./generated"
  importFileExtension = "ts"
  runtime             = "nodejs"
}
datasource db {
  provider = "postgresql"
}
model Shelf {
  id    Int    @id
  books Book[]
  vases Vase[]
  lamps Lamp[]
}
model Book {
  id      Int   @id
  shelfId Int
  shelf   Shelf @relation(fields: [shelfId], references: [id])
}
model Vase {
  id      Int   @id
  shelfId Int
  shelf   Shelf @relation(fields: [shelfId], references: [id])
}
model Lamp {
  id      Int   @id
  shelfId Int
  shelf   Shelf @relation(fields: [shelfId], references: [id])
}
S
echo 'export default { schema: "schema.prisma" };' > prisma.config.ts
# The client needs no engine. Without this, the command would download one.
PRISMA_SCHEMA_ENGINE_BINARY=$(type -P true) npx prisma generate >/dev/null 2>&1
cat > run.ts <<'T'
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client.ts";
// A connection that answers as an empty database with one shelf does, and counts what it is asked at once.
let [underWay, most] = [0, 0];
const INT = 23;
const client = {
  on: () => client,
  removeListener: () => client,
  release: () => {},
  async query(asked: string | { text: string }) {
    const text = typeof asked === "string" ? asked : asked.text;
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay--;
    const [, columns = ""] = /^SELECT (.*) FROM/.exec(text) ?? [];
    const fields = columns ? columns.split(", ").map((name) => ({ name: name.split('"').at(-2), dataTypeID: INT })) : [];
    return { fields, rows: /FROM "public"\."Shelf"/.test(text) ? [[1]] : [], rowCount: 0, command: text.split(" ")[0] };
  },
};
class Pool extends pg.Pool {
  override connect(): never {
    return Promise.resolve(client) as never;
  }
}
const prisma = new PrismaClient({ adapter: new PrismaPg(new Pool()) });
const include = { books: true, vases: true, lamps: true };
await prisma.$transaction((tx) => tx.shelf.findUnique({ where: { id: 1 }, include }));
console.log("prisma 7.10.0, @prisma/adapter-pg 7.10.0");
console.log(`one findUnique with three relations in a transaction asks its connection ${most} things at once (expected: 1)`);
process.exit(most === 3 ? 0 : 1);
T
node run.ts
