import { createHash } from "node:crypto";

/** What is stored of an OAuth `state`, of which the user's browser alone has the whole. */
export const hashState = (state: string): Buffer => createHash("sha256").update(state).digest();
