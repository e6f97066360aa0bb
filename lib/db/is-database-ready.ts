import { database } from "#lib/db/database";

const PATIENCE_MILLISECONDS = 2000;
// A standby, and a server that its operator set so, would answer and refuse every change.
const PING = { name: "ping", text: "SELECT 1 WHERE current_setting('transaction_read_only') = 'off'" };

/** Whether the database answers within two seconds that it takes changes. */
export const isDatabaseReady = async (): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MILLISECONDS);
  });
  try {
    const answer = database().then(async ({ connection }) => (await connection.query(PING, [])).length === 1);
    return await Promise.race([answer, patience]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};
