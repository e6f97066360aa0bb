import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { NODE, ROOT, run } from "../prepare.mjs";
import { BARE_ANSWER } from "./bare-answer.ts";

/** A Next application with one route. It is inside the project, so that it resolves the same packages. */
export const BARE_NEXT_DIR = path.join(ROOT, ".bench");

const ROUTE = `const answer = ${JSON.stringify(BARE_ANSWER)};
export const dynamic = "force-dynamic";
export const GET = async () => Response.json(answer);
`;

/** Creates and builds the bare application from scratch. */
export const buildBareNext = (): void => {
  removeBareNext();
  mkdirSync(path.join(BARE_NEXT_DIR, "app", "bare"), { recursive: true });
  writeFileSync(path.join(BARE_NEXT_DIR, "app", "bare", "route.js"), ROUTE);
  writeFileSync(path.join(BARE_NEXT_DIR, "next.config.mjs"), "export default { poweredByHeader: false };\n");
  run(NODE, ["node_modules/next/dist/bin/next", "build", BARE_NEXT_DIR], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });
};

/** Removes the bare application. */
export const removeBareNext = (): void => rmSync(BARE_NEXT_DIR, { recursive: true, force: true });
