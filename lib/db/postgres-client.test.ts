import dns from "node:dns";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { PostgresSocket } from "#lib/db/postgres-client";

afterEach(() => vi.restoreAllMocks());

test("a name with an address that nobody answers at leads to the one that does, and each is given a second", async () => {
  const server = createServer((socket) => socket.end());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // What a name server says, which cannot be had here: an address of IPv6 that is nowhere, and the real one.
  vi.spyOn(dns, "lookup").mockImplementation(((
    _name: string,
    _options: object,
    answer: (...given: unknown[]) => void,
  ) =>
    answer(null, [
      { address: "100::1", family: 6 },
      { address: "127.0.0.1", family: 4 },
    ])) as never);
  const socket = new PostgresSocket();
  const attempts: number[] = [];
  socket.on("connectionAttempt", () => attempts.push(performance.now()));
  socket.connect(...([(server.address() as AddressInfo).port, "db.example.com"] as never[]));
  await once(socket, "connect");
  expect(socket.remoteAddress).toBe("127.0.0.1");
  expect(attempts).toHaveLength(2);
  socket.destroy();
  server.close();
});
