import { database } from "#lib/db/database";

const PATIENCE_MILLISECONDS = 2000;
const PING = { name: "ping", text: "SELECT 1" };

/** Whether the database answers a question within two seconds. */
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
