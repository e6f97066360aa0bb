import { Socket } from "node:net";

// A second is more than a connection across the world takes, and leaves time for the next address.
const ATTEMPT_MILLISECONDS = 1000;

/**
 * A socket that gives each address of a name a second to answer before it tries the next. Node's own quarter of a second
 * gives up a distant server for an address that nobody reaches from here.
 */
export class PostgresSocket extends Socket {
  override connect(...asked: never[]): this {
    const [port, host] = asked as unknown as [number | string, string | undefined];
    if (typeof port === "string" && host === undefined) return super.connect(port);
    const options = {
      port: Number(port),
      host,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: ATTEMPT_MILLISECONDS,
    };
    return super.connect(options as { port: number });
  }
}
