import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";

let loading: Promise<void> | undefined;

/** Prisma's schema engine in this process, speaking to the given database; nothing is downloaded. */
export const startMigrationEngine = async (factory: SqlMigrationAwareDriverAdapterFactory): Promise<SchemaEngine> => {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  await loading;
  return engine.SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
};

// The script keeps one instance for all engines; a second one would pull it from under the first.
async function load(): Promise<void> {
  const binary = await readFile(path.resolve("node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(binary, { "./schema_engine_bg.js": withoutWaiting(engine) });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

// It gives itself ten seconds for the lock, and leaves that timer running when it has it: a process that has nothing else
// to do would wait for it.
function withoutWaiting(imports: object): WebAssembly.ModuleImports {
  const setUnheldTimeout = (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds).unref();
  const entries = Object.entries(imports).map(([name, imported]) => [
    name,
    name.startsWith("__wbg_setTimeout_") ? setUnheldTimeout : imported,
  ]);
  return Object.fromEntries(entries);
}
