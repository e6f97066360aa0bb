import { currentTime } from "#lib/clock";
import { settings } from "#lib/env";
import { log, toLogFields } from "#lib/log";
import type { Outcome } from "#lib/usage/schema";
import { KEPT_OF_A_TALLY, type NotedRequest, type Tally, writeTallies } from "#lib/usage/write-tallies";

const FLUSH_DELAY_SECONDS = 2;
const HOUR_MILLISECONDS = 3_600_000;

type Notes = {
  /** What is not written yet, by key, outcome and hour. */
  pending: Map<string, Tally>;
  timer: NodeJS.Timeout | undefined;
  /** The write that is under way. */
  writing: Promise<void> | undefined;
};

// Next compiles its own copy of this module; both must keep one set of notes.
const shared = globalThis as { boringRequests?: Notes };

/**
 * Remembers a request that a key was presented with. Returns at once; every request is counted within seconds, or at a
 * clean stop. Of a flood only the newest are kept as rows: about 20 for each outcome of a key in two seconds.
 */
export const noteRequest = (request: NotedRequest): void => {
  if (settings().usageRetentionDays === 0) return;
  const notes = requestNotes();
  const at = currentTime();
  const tally = openTally(notes, request.keyId, toOutcome(request), at - (at % HOUR_MILLISECONDS));
  tally.count++;
  tally.kept.push({ ...request, at });
  if (tally.kept.length === KEPT_OF_A_TALLY * 2) tally.kept.splice(0, KEPT_OF_A_TALLY);
  schedule(notes);
};

/** Writes everything that is not written yet. For a clean stop. */
export const flushRequests = async (): Promise<void> => {
  const notes = requestNotes();
  clearTimeout(notes.timer);
  notes.timer = undefined;
  await notes.writing;
  await write(notes);
};

function requestNotes(): Notes {
  shared.boringRequests ??= { pending: new Map(), timer: undefined, writing: undefined };
  return shared.boringRequests;
}

function openTally(notes: Notes, keyId: string, outcome: Outcome, hour: number): Tally {
  const name = `${keyId} ${outcome} ${hour}`;
  const known = notes.pending.get(name);
  if (known) return known;
  const tally = { keyId, outcome, hour, count: 0, kept: [] };
  notes.pending.set(name, tally);
  return tally;
}

function toOutcome({ status, refusal }: NotedRequest): Outcome {
  if (refusal !== undefined) return "refused";
  if (status === 429) return "limited";
  if (status >= 500) return "server_error";
  return status >= 400 ? "client_error" : "ok";
}

function schedule(notes: Notes): void {
  notes.timer ??= setTimeout(() => {
    notes.writing = write(notes).catch((error) => {
      log("warn", "Requests of keys could not be counted; they will be tried again", toLogFields(error));
    });
    void notes.writing.finally(() => {
      notes.timer = undefined;
      if (notes.pending.size > 0) schedule(notes);
    });
  }, FLUSH_DELAY_SECONDS * 1000).unref();
}

async function write(notes: Notes): Promise<void> {
  const { pending } = notes;
  if (pending.size === 0) return;
  notes.pending = new Map();
  try {
    await writeTallies([...pending.values()]);
  } catch (error) {
    for (const tally of pending.values()) putBack(notes, tally);
    throw error;
  }
}

function putBack(notes: Notes, { keyId, outcome, hour, count, kept }: Tally): void {
  const tally = openTally(notes, keyId, outcome, hour);
  tally.count += count;
  tally.kept = [...kept, ...tally.kept].slice(-KEPT_OF_A_TALLY);
}
