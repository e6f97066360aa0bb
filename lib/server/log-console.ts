import { format } from "node:util";
import { log } from "#lib/log";

const LEVELS = { debug: "debug", log: "debug", info: "debug", warn: "warn", error: "error" } as const;

/**
 * Sends what Next and other libraries print through the log from now on, so that it too comes as JSON lines
 * and is searched for secrets first.
 */
export const logConsole = (): void => {
  for (const [method, level] of Object.entries(LEVELS)) {
    Object.assign(console, { [method]: (...printed: unknown[]) => log(level, format(...printed)) });
  }
  process.removeAllListeners("warning");
  process.on("warning", (warning) => log("debug", `${warning.name}: ${warning.message}`));
};
