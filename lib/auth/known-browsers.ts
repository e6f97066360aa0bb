import { createHash, randomBytes } from "node:crypto";
import { BROWSER_MAX_AGE_SECONDS } from "#lib/auth/read-visitor";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { notify } from "#lib/notices/notify";

/** A new random id by which this server recognises a browser at its next sign-in. */
export const createBrowserId = (): string => randomBytes(32).toString("base64url");

type SignIn = { userId: string; sessionId: string; browserId: string };

/**
 * Remembers that the person has signed in with this browser, and tells them if they never had, unless it is the first that is
 * known of them. The stored hash differs for each person, so it links nobody with anybody.
 */
export const noteBrowser = async (
  tx: Prisma.TransactionClient,
  { userId, sessionId, browserId }: SignIn,
): Promise<void> => {
  const hash = new Uint8Array(createHash("sha256").update(`${userId}/${browserId}`).digest());
  const known = await tx.knownBrowser.findMany({ where: { userId }, select: { hash: true } });
  await tx.$executeRaw`
    INSERT INTO known_browsers (user_id, hash) VALUES (${userId}::uuid, ${hash})
    ON CONFLICT (user_id, hash) DO UPDATE SET last_seen_at = clock_timestamp()`;
  if (known.length === 0 || known.some((browser) => Buffer.from(browser.hash).equals(hash))) return;
  const kind = "sign_in.new_browser";
  await notify(tx, { kind, organizationId: null, subjectId: sessionId, personId: userId });
};

/** Forgets browsers whose cookie is gone by now. Any instance may run it at any time. */
export const pruneBrowsers = async (): Promise<void> => {
  const { prisma } = await database();
  await prisma.$executeRaw`
    DELETE FROM known_browsers WHERE last_seen_at < now() - make_interval(secs => ${BROWSER_MAX_AGE_SECONDS}::int)`;
};
