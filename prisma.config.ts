import { defineConfig } from "prisma/config";

// `prisma generate` would download an engine that it does not use; naming any existing file stops it.
// Migrations never go through Prisma's command line: see `npm run db:migrate`.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: "prisma/schema.prisma" });
