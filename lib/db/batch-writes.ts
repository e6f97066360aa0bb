import { batchQueries } from "#lib/db/batch-queries";
import type { Statement } from "#lib/db/connection";
import { database } from "#lib/db/database";
import { isConnectionLost } from "#lib/db/is-connection-lost";
import { UncertainCommitError } from "#lib/db/uncertain-commit-error";

type Identified = { id: string };
type Value = Identified & Record<string, unknown>;

/**
 * Turns one statement that writes many values, given as one array of JSON, into writes of one value each, which resolve when
 * they are committed. Values that arrive together, or while others are written, share a commit; one that the database refuses
 * does not take the others with it. A row that the statement returns belongs to the value with its id.
 */
export const batchWrites = <Row extends Identified>(
  statement: Statement,
): ((value: Value) => Promise<Row | undefined>) => {
  const write = async (values: Value[]): Promise<(() => Row | undefined)[]> => {
    const { connection } = await database();
    const rows = await connection.write<Row>(statement, [JSON.stringify(values)]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return values.map(
      ({ id }) =>
        () =>
          byId.get(id),
    );
  };
  const writeEach = async (values: Value[]): Promise<(() => Row | undefined)[]> => {
    const results = await Promise.allSettled(values.map(async (value) => (await write([value]))[0]?.()));
    return results.map((result) => () => {
      if (result.status === "rejected") throw result.reason;
      return result.value;
    });
  };
  const ask = batchQueries(async (values: Value[]) => {
    try {
      return await write(values);
    } catch (error) {
      if (values.length === 1 || error instanceof UncertainCommitError || isConnectionLost(error)) throw error;
      return writeEach(values);
    }
  });
  return async (value) => (await ask(value))?.();
};
