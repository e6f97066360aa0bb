// The part of autocannon that the load uses. The package has no types.
declare module "autocannon" {
  import type { EventEmitter } from "node:events";

  namespace autocannon {
    type Request = { method: string; headers: Record<string, string>; body?: string };
    type Client = { setRequests(requests: Request[]): void };
    type Options = {
      url: string;
      connections: number;
      duration: number;
      sampleInt: number;
      setupClient(client: Client): void;
    };
    type Instance = EventEmitter<{
      response: [client: Client, status: number, bytes: number, milliseconds: number];
      reqError: [error: Error];
      done: [];
    }>;
  }
  function autocannon(options: autocannon.Options): autocannon.Instance;
  export = autocannon;
}
