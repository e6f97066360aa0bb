import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";

/** Prisma's schema engine in this process, speaking to the given database; nothing is downloaded. */
export const startMigrationEngine = async (factory: SqlMigrationAwareDriverAdapterFactory): Promise<SchemaEngine> => {
  const script = import.meta.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const binary = await readFile(fileURLToPath(new URL("schema_engine_bg.wasm", script)));
  const { instance } = await WebAssembly.instantiate(binary, { "./schema_engine_bg.js": engine });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return engine.SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
};
