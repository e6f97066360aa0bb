import "#lib/server/prepare-process";
import path from "node:path";
import { addKey, loadKeyring } from "#lib/credentials/keyring";
import { rotateCredentials } from "#lib/credentials/rotate-credentials";
import { closeDatabase, database } from "#lib/db/database";
import { settings } from "#lib/env";
import { StartError, toStartSentence } from "#lib/server/start-error";

try {
  const given = settings();
  const file = path.join(given.dataDir, "credential-keys.json");
  if (given.databaseUrl && !given.credentialKeys) {
    throw new StartError(
      `CREDENTIAL_KEYS must be set, because instances that run would not know a key that is made here. Set it for all of them to a new key with the one of ${file} behind it, for example CREDENTIAL_KEYS=2027a:<32 bytes in base64>,<id>:<key>, restart them, and run this again.`,
    );
  }
  // Opening the database keeps a server from using the data directory meanwhile.
  await database();
  const keyring = given.credentialKeys ? loadKeyring(given).keyring : addKey(given.dataDir);
  const { rotated, unusedKeyIds } = await rotateCredentials(keyring);
  console.log(`Re-encrypted: ${rotated}. Everything is now encrypted with the key ${keyring[0].id}.`);
  if (unusedKeyIds.length > 0) {
    const place = given.credentialKeys ? "CREDENTIAL_KEYS" : file;
    console.log(`No longer needed: ${unusedKeyIds.join(", ")}. Remove from ${place} unless an older backup needs it.`);
  }
} catch (error) {
  console.error(toStartSentence(error));
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
