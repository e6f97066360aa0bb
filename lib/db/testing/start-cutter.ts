import { once } from "node:events";
import { type AddressInfo, createConnection, createServer, type Socket } from "node:net";

/** A proxy whose connections a test can cut on demand. */
export type Cutter = {
  port: number;
  /** Cuts at the next message that contains the text: before it reaches the server, or before the answer returns. */
  cut(where: "before" | "after", text: string): void;
  stop(): void;
};

/** Starts a proxy on loopback to a server's port. */
export const startCutter = async (targetPort: number): Promise<Cutter> => {
  let cut: { where: "before" | "after"; text: string } | undefined;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const target = createConnection(targetPort, "127.0.0.1");
    let isDeaf = false;
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
    }
    client.on("data", (chunk) => {
      if (!cut || !chunk.includes(cut.text)) return target.write(chunk);
      isDeaf = true;
      if (cut.where === "before") client.destroy();
      else target.write(chunk);
      cut = undefined;
    });
    target.on("data", (chunk) => (isDeaf ? client.destroy() : client.write(chunk)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    cut: (where, text) => {
      cut = { where, text };
    },
    stop: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
};
