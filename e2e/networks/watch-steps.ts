// Loaded into a publishing process before its own code: says on standard output which step each post has reached, and ends
// the process there and then, as a power cut would, when as many posts as it is told have reached the step that it is told.
import { subscribe } from "node:diagnostics_channel";
import { writeSync } from "node:fs";

const { DIE_AT_STEP: fatal, DIE_AT_POST = "1" } = process.env;
let left = Number(DIE_AT_POST);

subscribe("boring:publishing", (message) => {
  const { step, postId } = message as { step: string; postId: string };
  writeSync(1, `step ${step} ${postId}\n`);
  if (step !== fatal) return;
  left--;
  if (left === 0) process.kill(process.pid, "SIGKILL");
});
