// A server of the AT Protocol with a directory of its own, both on loopback, until it is asked to end. It is told where to
// listen and under which address others reach it, because that address is what it writes into every account's identity.
// package.json overrides better-sqlite3: what its version 12 leaves to the garbage collector aborts Node 24.19 and later.
import { parseArgs } from "node:util";
import { envToCfg, envToSecrets, PDS } from "@atproto/pds";
import plc from "@did-plc/server";

const { values } = parseArgs({
  options: {
    "plc-port": { type: "string" },
    port: { type: "string" },
    "public-url": { type: "string" },
    folder: { type: "string" },
    "jwt-secret": { type: "string" },
  },
});
const port = Number(values.port);
const plcPort = Number(values["plc-port"]);

const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: plcPort });
listenOnLoopback(directory.app);
await directory.start();

const env = {
  port,
  hostname: "localhost",
  devMode: true,
  inviteRequired: false,
  rateLimitsEnabled: true,
  dataDirectory: values.folder,
  blobstoreDiskLocation: `${values.folder}/blobs`,
  blobUploadLimit: 100_000_000,
  didPlcUrl: `http://127.0.0.1:${plcPort}`,
  serviceHandleDomains: [".test"],
  enableDidDocWithSession: true,
  resolverTimeout: 1000,
  disableSsrfProtection: true,
  jwtSecret: values["jwt-secret"],
  adminPassword: "admin",
  plcRotationKeyK256PrivateKeyHex: "01".repeat(32),
};
const settings = envToCfg(env);
const pds = await PDS.create(
  { ...settings, service: { ...settings.service, publicUrl: values["public-url"] ?? settings.service.publicUrl } },
  envToSecrets(env),
);
listenOnLoopback(pds.app);
await pds.start();
console.log("ready");

for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, end);
// Whoever started this is gone when its end of the pipe is.
process.stdin.on("end", end).resume();

// Both would listen on every address of the machine.
function listenOnLoopback(app) {
  const listen = app.listen.bind(app);
  app.listen = (chosen) => listen(chosen, "127.0.0.1");
}

async function end() {
  await pds.destroy();
  await directory.destroy();
  process.exit(0);
}
