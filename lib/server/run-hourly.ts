import { log, toLogFields } from "#lib/log";

const FIRST_SECONDS = 60;
const HOUR_SECONDS = 3600;

/**
 * Deletes data past its retention time and tells of keys that expire or are not used: first some time after the start, then
 * every hour.
 */
export const runHourly = (): void => {
  setTimeout(() => {
    void runAll();
    setInterval(() => void runAll(), HOUR_SECONDS * 1000).unref();
  }, FIRST_SECONDS * 1000).unref();
};

async function runAll(): Promise<void> {
  const { pruneUsage } = await import("#lib/usage/prune-usage");
  await attempt("Old usage could not be deleted; the server will try again", pruneUsage());
  const { pruneDeliveries } = await import("#lib/webhooks/list-deliveries");
  await attempt("Old deliveries could not be deleted; the server will try again", pruneDeliveries());
  const { pruneIdempotencyKeys } = await import("#lib/idempotency/find-idempotent");
  await attempt("Old idempotency keys could not be deleted; the server will try again", pruneIdempotencyKeys());
  const { pruneInvitations } = await import("#lib/invitations/list-invitations");
  await attempt("Old invitations could not be deleted; the server will try again", pruneInvitations());
  const { watchKeys } = await import("#lib/notices/watch-keys");
  await attempt("Keys that expire or are not used could not be told; the server will try again", watchKeys());
  const { pruneNotices } = await import("#lib/notices/notify");
  await attempt("Old notices could not be deleted; the server will try again", pruneNotices());
  const { pruneBrowsers } = await import("#lib/auth/known-browsers");
  await attempt("Browsers unseen for long could not be deleted; the server will try again", pruneBrowsers());
  const { pruneMails } = await import("#lib/mail/send-mail");
  await attempt("Old mails could not be deleted; the server will try again", pruneMails());
}

async function attempt(complaint: string, step: Promise<void>): Promise<void> {
  try {
    await step;
  } catch (error) {
    log("warn", complaint, toLogFields(error));
  }
}
