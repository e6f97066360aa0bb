/** What a request that is meant to go wrong does instead, or besides. */
export type Fault = {
  method: string;
  /** Beginning of the path. */
  path: string;
  /** How many requests it befalls; one unless said otherwise. */
  times?: number;
  /** Whether the request is carried out all the same, before it goes wrong. */
  isDone?: boolean;
  delayMilliseconds?: number;
  /** What is answered. Absent, the connection is cut; with a delay alone nothing else goes wrong. */
  answer?: { status: number; headers?: Record<string, string>; body?: unknown };
};

/** How the server behaves. All of it may be changed while it runs. */
export type Settings = {
  /** The newest version of the instance's description that it knows. */
  instanceVersion: 0 | 1 | 2;
  /** The newest version of uploading media that it knows. */
  mediaVersion: 1 | 2;
  honoursIdempotencyKeys: boolean;
  takesCodeChallenges: boolean;
  /** How often an uploaded medium says that it is being processed; 0 answers the upload with 200. */
  processingReads: number;
  /** Whether a medium can be asked for. */
  showsMedia: boolean;
  /** Whether an accepted status is listed; a server may be slow with it. */
  listsStatuses: boolean;
  /** By how many milliseconds its clock is ahead. */
  clockError: number;
  /** Where it knows no scopes but `read`, `write` and `follow`: when a program registers, or when somebody agrees. */
  refusesFineScopes: "never" | "registering" | "agreeing";
  /** What a token that is not known is answered with. */
  badTokenStatus: 401 | 403 | 422;
  maxCharacters: number;
  /** As how many characters a link counts. */
  linkCharacters: number;
  maxMedia: number;
  imageBytes: number;
  imagePixels: number;
  videoBytes: number;
  mediaTypes: string[];
  /** Who may see what an account publishes without saying. */
  usualVisibility: "public" | "unlisted" | "private";
};

export type App = { id: string; secret: string; name: string; redirectUris: string[]; scopes: string[] };
export type Grant = {
  username: string;
  clientId: string;
  scopes: string[];
  codeChallenge: string;
  redirectUri: string;
};
export type Medium = { id: string; type: string; bytes: number; description: string | null; pendingReads: number };
export type Status = {
  id: string;
  username: string;
  text: string;
  visibility: string;
  spoilerText: string;
  sensitive: boolean;
  language: string | null;
  inReplyTo: string | null;
  media: Medium[];
  application: string;
  createdAt: Date;
  idempotencyKey: string | undefined;
};

export type ScheduledStatus = Pick<Status, "id" | "username" | "text" | "visibility" | "media"> & { scheduledAt: Date };

/** Everything the server knows. */
export type State = {
  url: string;
  settings: Settings;
  faults: Fault[];
  apps: Map<string, App>;
  codes: Map<string, Grant>;
  tokens: Map<string, Omit<Grant, "codeChallenge" | "redirectUri">>;
  media: Map<string, Medium>;
  statuses: Status[];
  scheduled: ScheduledStatus[];
  /** What was asked for so far, as `METHOD /path`. */
  requests: string[];
  nextId: bigint;
};

/** The people who have an account, by name. */
export const PEOPLE: Record<string, { id: string; displayName: string }> = {
  alice: { id: "101", displayName: "Alice" },
  bob: { id: "102", displayName: "Bob <b>B.</b>" },
};
