import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { setImmediate } from "node:timers/promises";

/**
 * Resolves when every connection that was made to the server before this call has been taken and what it brought has been
 * read, or when the time is over. Node takes them one by one, in order, so a connection of our own is the last of them.
 */
export const takeWaiting = async (server: Server, milliseconds: number): Promise<void> => {
  const { address, port } = server.address() as AddressInfo;
  const last = connect({ host: toReachable(address), port });
  const isTaken = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    last.on("error", end);
    server.on("connection", (socket: Socket) => {
      if (socket.remotePort === last.localPort) end();
    });
  });
  await isTaken;
  last.destroy();
  // What a connection brought is read a round later than it is taken.
  for (let round = 0; round < 3; round++) await setImmediate();
};

function toReachable(address: string): string {
  return { "0.0.0.0": "127.0.0.1", "::": "::1" }[address] ?? address;
}
