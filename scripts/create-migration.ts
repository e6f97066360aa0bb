import { createMigration } from "#lib/db/create-migration";

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error("Name the change in lower case: npm run db:create-migration -- add_key_expiry");
  process.exit(1);
}
console.log((await createMigration(name)) ?? "prisma/schema.prisma has no change that a migration would need.");
