import { type AddressInfo, createServer, type Server } from "node:net";
import { StartError } from "#lib/server/start-error";

/** Makes the server listen. Throws `StartError`, which names the setting to change, when the address is unavailable. */
export const listen = (server: Server, setting: "PORT" | "STAND_IN_PORT", host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(toStartError(error, setting, host, port));
    server.once("error", fail);
    server.listen({ host, port }, () => {
      server.off("error", fail);
      resolve();
    });
  });

/**
 * Makes a server on one loopback address answer on the other one too, because `localhost` means both. Resolves with the
 * extra servers to close: an empty list when the host is not loopback, or has only one family.
 */
export const listenOnOtherLoopback = async (server: Server, host: string): Promise<Server[]> => {
  if (!["localhost", "127.0.0.1", "::1"].includes(host)) return [];
  const { address, port } = server.address() as AddressInfo;
  const twin = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => server.emit("connection", socket));
  try {
    await listen(twin, "PORT", address === "::1" ? "127.0.0.1" : "::1", port);
    return [twin];
  } catch (error) {
    const { code } = (error as StartError).cause as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") throw error;
    return [];
  }
};

/** Throws `StartError` when another program listens there. */
export const requireFreePort = async (setting: "STAND_IN_PORT", host: string, port: number): Promise<void> => {
  const probe = createServer();
  await listen(probe, setting, host, port);
  await new Promise((resolve) => probe.close(resolve));
};

function toStartError(error: NodeJS.ErrnoException, setting: string, host: string, port: number): StartError {
  const example = `${setting}=${port < 65000 ? port + 100 : port - 100}`;
  const sentences: Record<string, string> = {
    EADDRINUSE: `${setting} ${port} is in use by another program. Stop that program, or choose another port, for example ${example}.`,
    EACCES: `${setting} ${port} is not allowed for this user. Choose a port above 1023, for example ${setting}=3000.`,
    EADDRNOTAVAIL: `HOST ${host} is not an address of this computer. Use one that is, for example HOST=127.0.0.1.`,
    ENOTFOUND: `HOST ${host} cannot be resolved. Use an address of this computer, for example HOST=127.0.0.1.`,
  };
  const sentence = sentences[error.code ?? ""] ?? `${setting} ${port} on HOST ${host}: ${error.message}.`;
  return new StartError(sentence, { cause: error });
}
