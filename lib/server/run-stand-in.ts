import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Settings } from "#lib/env";
import { log } from "#lib/log";
import { StartError } from "#lib/server/start-error";

const PROGRAM = fileURLToPath(new URL("../auth/stand-in/main.ts", import.meta.url));

/** The running stand-in for Google. */
export type StandIn = { stop(): void };

/**
 * Runs the local stand-in for Google as a child process and resolves when it answers. The child exits when its standard
 * input closes, so it cannot outlive this process.
 */
export const runStandIn = async ({ standInPort, publicUrl }: Settings): Promise<StandIn> => {
  const { PATH, NODE_ENV } = process.env;
  // It needs none of this process's secrets, so it gets none.
  const env = { PATH, NODE_ENV, STAND_IN_PORT: String(standInPort), PUBLIC_URL: publicUrl };
  const child = spawn(process.execPath, [PROGRAM], { env, stdio: ["pipe", "pipe", "pipe"] });
  let complaint = "";
  let isStopping = false;
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  child.stdin.on("error", () => {});
  const ended = once(child, "close").then(() => {
    throw new StartError(
      complaint.trim() || "STAND_IN_PORT: the local stand-in for Google exited while it was starting.",
    );
  });
  const ready = new Promise<void>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (/^ready$/m.test(text)) resolve();
    });
  });
  await Promise.race([ready, ended]);
  ended.catch(() => {
    if (!isStopping)
      log("error", "The local stand-in for Google exited; nobody can sign in until the server is restarted");
  });
  return {
    stop: () => {
      isStopping = true;
      child.stdin.end();
    },
  };
};
