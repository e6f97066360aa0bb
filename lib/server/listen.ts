import { createServer, type Server } from "node:net";
import { StartError } from "#lib/server/start-error";

/** Makes the server listen. Throws `StartError` naming the setting to change when the address cannot be had. */
export const listen = (server: Server, setting: "PORT" | "STAND_IN_PORT", host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(toStartError(error, setting, host, port));
    server.once("error", fail);
    server.listen({ host, port }, () => {
      server.off("error", fail);
      resolve();
    });
  });

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
    ENOTFOUND: `HOST ${host} is not known. Use an address of this computer, for example HOST=127.0.0.1.`,
  };
  const sentence = sentences[error.code ?? ""] ?? `${setting} ${port} on HOST ${host}: ${error.message}.`;
  return new StartError(sentence, { cause: error });
}
