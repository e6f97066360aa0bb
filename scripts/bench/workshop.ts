import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import path from "node:path";
import { NODE, ROOT } from "../prepare.mjs";

const STOP_MILLISECONDS = 15_000;

/** A child process of the bench. */
export type Helper = {
  process: ChildProcess;
  ended: Promise<unknown>;
  /** Its latest output, for an error message. */
  lastWords(): string;
  /** Asks it to exit, and resolves when it has. */
  stop(): Promise<void>;
};

export type RunOptions = {
  args?: string[] | undefined;
  env?: Record<string, string> | undefined;
  /** Whether it accepts messages. */
  hasChannel?: boolean;
  /** The folder of its build. Absent: this one. */
  root?: string | undefined;
};

/** A temporary folder, and the child processes that use it. */
export type Workshop = {
  folder: string;
  /** Starts a TypeScript program of the project, without this process's environment. */
  run(program: string, options?: RunOptions): Helper;
  /** Ends every child process and removes the folder. */
  close(): Promise<void>;
};

/** Opens a workshop in the system's temporary folder. */
export const openWorkshop = (): Workshop => {
  const folder = mkdtempSync(path.join(tmpdir(), "boring-bench-"));
  const helpers: Helper[] = [];
  return {
    folder,
    run: (program, options = {}) => {
      const helper = start(program, options, path.join(folder, `${helpers.length}.log`));
      helpers.push(helper);
      return helper;
    },
    close: async () => {
      for (const { process } of helpers) process.kill("SIGKILL");
      await Promise.all(helpers.map(({ ended }) => ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

function start(
  program: string,
  { args = [], env, hasChannel = false, root = ROOT }: RunOptions,
  logFile: string,
): Helper {
  // To a file, as a real log would go: reading a pipe here would take time from the measured process.
  const log = openSync(logFile, "w");
  const child = spawn(NODE, [path.join(root, program), ...args], {
    cwd: root,
    // Not affected by the settings of the user who runs this.
    env: { PATH: process.env.PATH, NODE_ENV: "production", ENV_FILE: devNull, ...env },
    stdio: ["ignore", log, log, hasChannel ? "ipc" : "ignore"],
  });
  closeSync(log);
  const ended = once(child, "exit");
  return {
    process: child,
    ended,
    lastWords: () => readFileSync(logFile, "utf8").trim().split("\n").slice(-5).join("\n"),
    stop: async () => {
      child.kill("SIGTERM");
      const impatience = setTimeout(() => child.kill("SIGKILL"), STOP_MILLISECONDS);
      await ended;
      clearTimeout(impatience);
    },
  };
}
