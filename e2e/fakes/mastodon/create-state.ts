import type { Settings, State } from "./state.ts";

/** A server at the given address that nobody has used yet. */
export const createState = (url: string, settings: Partial<Settings>): State => ({
  url,
  settings: {
    instanceVersion: 2,
    mediaVersion: 2,
    honoursIdempotencyKeys: true,
    takesCodeChallenges: true,
    processingReads: 0,
    showsMedia: true,
    listsStatuses: true,
    clockError: 0,
    badTokenStatus: 401,
    maxCharacters: 500,
    linkCharacters: 23,
    maxMedia: 4,
    imageBytes: 16_777_216,
    videoBytes: 103_809_024,
    mediaTypes: ["image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4", "video/webm", "audio/ogg"],
    usualVisibility: "public",
    ...settings,
  },
  faults: [],
  apps: new Map(),
  codes: new Map(),
  tokens: new Map(),
  media: new Map(),
  statuses: [],
  requests: [],
  nextId: BigInt(Date.now()) << 16n,
});
