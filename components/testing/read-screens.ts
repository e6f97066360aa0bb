import { globSync } from "node:fs";
import ts from "typescript";

/** Everything that is shown, as the compiler understands it. Takes seconds. */
export const readScreens = (): ts.Program => {
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ".");
  const files = globSync("{app,components}/**/*.{ts,tsx}", { exclude: ["**/*.test.ts"] });
  return ts.createProgram(files, { ...options, incremental: false, noEmit: true });
};
