import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "#components": path.resolve(import.meta.dirname, "components") } },
  test: {
    include: ["{app,components,lib,scripts}/**/*.test.{ts,tsx}"],
    // An embedded database takes seconds to come up while the other core compiles.
    hookTimeout: 120_000,
    testTimeout: 120_000,
    env: { LOG_LEVEL: "silent" },
  },
});
