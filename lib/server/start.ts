import { createServer } from "node:http";
import type { Server } from "node:net";
import { loadKeyring } from "#lib/credentials/keyring";
import { lockDataDir } from "#lib/db/lock-data-dir";
import { type Settings, settings } from "#lib/env";
import { log, toLogFields } from "#lib/log";
import { publicOrigin } from "#lib/server/client-address";
import { type FrontDoor, frontDoor } from "#lib/server/front-door";
import { listen, listenOnOtherLoopback, requireFreePort } from "#lib/server/listen";
import type { FindRoute } from "#lib/server/load-routes";
import { logConsole } from "#lib/server/log-request";
import { type PreparedNext, prepareNext, requireBuild } from "#lib/server/prepare-next";
import { loadSecrets } from "#lib/server/prepare-process";
import { runHourly } from "#lib/server/run-hourly";
import { runStandIn, type StandIn } from "#lib/server/run-stand-in";
import { isLoopback } from "#lib/setting-formats";

/** The options of the start. */
type StartOptions = { isDev: boolean };

/** Everything that `stop` has to end. */
export type RunningServer = {
  door: FrontDoor;
  /** The servers that accept connections and pass them to the door. */
  listeners: Server[];
  next: PreparedNext;
  standIn: StandIn | undefined;
  publicUrl: string;
};

/**
 * Starts the server and resolves when it answers. Cheap checks run first, so that a start that cannot succeed fails at once.
 * Early connections wait for the rest.
 */
export const start = async ({ isDev }: StartOptions): Promise<RunningServer> => {
  const given = settings();
  if (!isDev) requireBuild();
  const upgrades = createServer();
  const onUpgrade: NonNullable<Parameters<typeof frontDoor>[1]["onUpgrade"]> = (request, socket, head) => {
    upgrades.emit("upgrade", request, socket, head);
  };
  const door = frontDoor(given, { isDev, onUpgrade: isDev ? onUpgrade : undefined });
  await listen(door.server, "PORT", given.host, given.port);
  const listeners = [door.server, ...(await listenOnOtherLoopback(door.server, given.host))];
  if (!given.google) await requireFreePort("STAND_IN_PORT", "127.0.0.1", given.standInPort);
  // Locked before anything is written there.
  if (!given.databaseUrl) await lockDataDir(given.dataDir);
  prepareSecrets(given, isDev);
  if (!isDev) logConsole();
  tellWhoMaySignIn(given);
  const opening = openDatabase();
  // An unreachable database fails soon, and the error would go unhandled while other modules load.
  if (given.databaseUrl) await opening;
  const [standIn, next, findRoute] = await Promise.all([
    given.google ? undefined : runStandIn(given),
    prepareNext(isDev, publicOrigin(given), upgrades),
    loadRoutes(),
    opening,
  ]).catch(async (error) => {
    // An interruption during its creation would leave the embedded database incomplete.
    await opening.then(closeDatabase, () => {});
    throw error;
  });
  door.open({ handleByNext: next.handle, findRoute });
  runHourly();
  void sweepMedia();
  if (given.publishesPosts) void publishInServer();
  return { door, listeners, next, standIn, publicUrl: given.publicUrl };
};

function prepareSecrets(given: Settings, isDev: boolean): void {
  const { authSecret, madeFile } = loadSecrets(given);
  for (const file of [madeFile, loadKeyring(given).madeFile]) {
    if (file) process.stdout.write(`New secrets were written to ${file}. Keep that file with your backups.\n`);
  }
  Object.assign(process.env, {
    NODE_ENV: isDev ? "development" : "production",
    NEXTAUTH_SECRET: authSecret,
    NEXTAUTH_URL: given.publicUrl,
    NEXT_TELEMETRY_DISABLED: "1",
  });
}

function tellWhoMaySignIn({ publicUrl, allowedSignIns }: Settings): void {
  if (allowedSignIns || isLoopback(new URL(publicUrl).hostname)) return;
  process.stdout.write(
    "Every Google account may sign in. To change that, set ALLOWED_SIGN_INS, for example ALLOWED_SIGN_INS=example.com,ada@gmail.com.\n",
  );
}

async function openDatabase(): Promise<void> {
  const [{ database }, { checkStoredKeys }, { endRestoredKeys }, { endRestoredMemberships }] = await Promise.all([
    import("#lib/db/database"),
    import("#lib/credentials/check-keyring"),
    import("#lib/keys/end-restored-keys"),
    import("#lib/organizations/end-restored"),
  ]);
  await database();
  await checkStoredKeys();
  await endRestoredKeys();
  await endRestoredMemberships();
}

async function closeDatabase(): Promise<void> {
  const module = await import("#lib/db/database");
  await module.closeDatabase();
}

async function sweepMedia(): Promise<void> {
  const module = await import("#lib/posts/check-media");
  module.sweepMediaRegularly();
}

async function loadRoutes(): Promise<FindRoute> {
  const module = await import("#lib/server/load-routes");
  return module.loadRoutes();
}

/** Waits for one step of the shutdown, up to its time limit. Logs a failure and continues. */
export const attemptStep = async (complaint: string, milliseconds: number, step: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("It took too long.")), milliseconds);
  });
  try {
    await Promise.race([step, patience]);
  } catch (error) {
    log("error", complaint, toLogFields(error));
  } finally {
    clearTimeout(timer);
  }
};

const AGAIN_MILLISECONDS = 5000;

/** Starts publishing in this process, as soon as the database allows it. */
const publishInServer = async (): Promise<void> => {
  try {
    const { startWorker } = await import("#lib/publishing/run-worker");
    await startWorker({ isPolite: true });
  } catch (error) {
    log("error", "Publishing could not start; the server will try again", toLogFields(error));
    setTimeout(() => void publishInServer(), AGAIN_MILLISECONDS).unref();
  }
};
