import type { SpawnSyncOptions } from "node:child_process";

// What TypeScript scripts use of prepare.mjs, which is plain JavaScript because it runs on whatever Node is there.
export const ROOT: string;
export const NODE: string;
export const generateWhenNeeded: () => void;
export const buildWhenNeeded: () => void;
export const run: (command: string, args: string[], options?: SpawnSyncOptions) => void;
