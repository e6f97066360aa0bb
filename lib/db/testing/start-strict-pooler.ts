import { once } from "node:events";
import { type AddressInfo, createConnection, createServer, type Socket } from "node:net";

const REFUSAL = "SFATAL\0C08P01\0Munsupported startup parameter: DateStyle\0\0";

/** Starts a proxy to a pooler that refuses the startup parameter DateStyle, as old and strict poolers do. */
export const startStrictPooler = async (targetPort: number): Promise<{ port: number; stop(): void }> => {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const target = createConnection(targetPort, "127.0.0.1");
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => other.destroy());
    }
    client.on("data", (chunk) => {
      // Only the startup message has a name between null bytes.
      if (!chunk.includes("\0DateStyle\0")) return target.write(chunk);
      const length = Buffer.alloc(4);
      length.writeInt32BE(REFUSAL.length + 4);
      client.end(Buffer.concat([Buffer.from("E"), length, Buffer.from(REFUSAL)]));
    });
    target.pipe(client);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
};
