/** What a request that is meant to go wrong does instead, or besides. */
export type Fault = {
  method: string;
  /** Beginning of the path. */
  path: string;
  /** Whether the request is carried out all the same, before it goes wrong. */
  isDone?: boolean;
  /** What is answered. Absent, the connection is cut. */
  answer?: { status: number; headers?: Record<string, string>; body?: unknown };
};

/** How the server behaves. All of it may be changed while it runs. */
export type Settings = {
  clientId: string;
  clientSecret: string;
  redirectUris: string[];
  /** The versions that are alive. */
  versions: string[];
  /** By how many milliseconds its clock is ahead. */
  clockError: number;
  /** Whether the refusal of a duplicate says which post it repeats. */
  namesTwins: boolean;
  /** For how many milliseconds the same post is a duplicate. */
  duplicateMilliseconds: number;
  /** How often an uploaded video says that it is being processed. */
  processingReads: number;
  /** Whether the app may read what it has uploaded. */
  showsVideos: boolean;
  /** Whether uploaded videos cannot be processed. */
  failsVideos: boolean;
  lifetimeSeconds: number;
};

export type Member = { sub: string; name: string };
export type Grant = { member: Member; scopes: string[] };
export type Upload = {
  urn: string;
  owner: string;
  kind: "image" | "video";
  /** The bytes of each part, in order; absent until they have come. */
  parts: (Buffer | undefined)[];
  sizeBytes: number | undefined;
  isFinished: boolean;
  pendingReads: number;
};
export type Post = {
  urn: string;
  member: Member;
  commentary: string;
  /** What readers see. */
  text: string;
  altTexts: string[];
  media: string[];
  createdAt: number;
};

/** Everything the server knows. */
export type State = {
  settings: Settings;
  faults: Fault[];
  members: Map<string, Member>;
  codes: Map<string, Grant & { redirectUri: string }>;
  tokens: Map<string, Grant & { expiresAt: number }>;
  uploads: Map<string, Upload>;
  posts: Post[];
  /** What was asked for so far, as `METHOD /path`. */
  requests: string[];
  nextId: number;
};

/** A server that nobody has used yet. */
export const createState = (settings: Partial<Settings>): State => ({
  settings: {
    clientId: "linkedin-client",
    clientSecret: "linkedin-secret",
    redirectUris: [],
    versions: ["202601", "202603", "202605", "202606", "202607"],
    clockError: 0,
    namesTwins: true,
    duplicateMilliseconds: 600_000,
    processingReads: 0,
    showsVideos: true,
    failsVideos: false,
    lifetimeSeconds: 5_184_000,
    ...settings,
  },
  faults: [],
  members: new Map(),
  codes: new Map(),
  tokens: new Map(),
  uploads: new Map(),
  posts: [],
  requests: [],
  nextId: 1,
});
