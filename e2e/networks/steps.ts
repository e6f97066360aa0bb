import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Step } from "#lib/publishing/due-posts";

export const STEPS: Step[] = ["claimed", "prepared", "boundary", "answered", "recorded"];

const WATCHER = pathToFileURL(path.join(import.meta.dirname, "watch-steps.ts")).href;

/** The settings of a process that says which steps its posts reach, and dies when so many have reached a fatal one. */
export const watchSteps = (fatal?: { step: Step; post: number }): Record<string, string> => ({
  NODE_OPTIONS: `--import=${WATCHER}`,
  ...(fatal && { DIE_AT_STEP: fatal.step, DIE_AT_POST: String(fatal.post) }),
});

/** The last step of each post in what such a process has said. */
export const readSteps = (output: string): Map<string, Step> => {
  const last = new Map<string, Step>();
  for (const [, step, postId = ""] of output.matchAll(/^step (\w+) (\S+)$/gm)) {
    const known = STEPS.find((candidate) => candidate === step);
    if (known) last.set(postId, known);
  }
  return last;
};
