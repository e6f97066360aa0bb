import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { createServer as createPlainServer, type Server, type Socket } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { onTestFinished } from "vitest";
import { useSettings } from "#lib/testing/process-state";

// A self-signed certificate for outside.test, valid for a hundred years, for tests only.
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBnzCCAUSgAwIBAgIURIM6pJ9pP0/wXQJ9BupxKfMF31IwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMb3V0c2lkZS50ZXN0MCAXDTI2MTEyMjEwMjYyNVoYDzIxMjYx
MDI5MTAyNjI1WjAXMRUwEwYDVQQDDAxvdXRzaWRlLnRlc3QwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAARIl1kkBpQMllE5bbvnTKtfhA3ZSQugEhQGcm+g+hcl1t0w
JShN6+q1InMq0oqFsOGauInyrPlU6/VDCsTSrfi5o2wwajAdBgNVHQ4EFgQU5RB0
yuKm3IFovxJjXXbEMJ2Oq4gwHwYDVR0jBBgwFoAU5RB0yuKm3IFovxJjXXbEMJ2O
q4gwDwYDVR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggxvdXRzaWRlLnRlc3QwCgYI
KoZIzj0EAwIDSQAwRgIhANvhJm6aJ4C32XSWz2vi9Oe3qpfXM2PzR1yWbCF8el1x
AiEAzTzYVbh7RlRQ47cVEsCu5zQQFUKjrhnBIpMjunZR+C8=
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQge9PipyJ15cJy8dwb
RvL4ek7GZpksVO2XdrwjVr6ro9qhRANCAARIl1kkBpQMllE5bbvnTKtfhA3ZSQug
EhQGcm+g+hcl1t0wJShN6+q1InMq0oqFsOGauInyrPlU6/VDCsTSrfi5
-----END PRIVATE KEY-----`;

/** A loopback server that stops when its test ends. */
export type TestServer = { port: number; url: string; connections: Socket[]; requests: IncomingMessage[] };

/** Starts an HTTP server. */
export const serve = async (answer: RequestListener): Promise<TestServer> => open("http", createServer(), answer);

/** Starts an HTTPS server whose certificate is not trusted. */
export const serveSecurely = async (answer: RequestListener): Promise<TestServer> =>
  open("https", createSecureServer({ key: KEY, cert: CERTIFICATE }), answer);

/** Trusts that certificate until the test ends. */
export const trustCertificate = (): void => {
  const before = getCACertificates("default");
  setDefaultCACertificates([...before, CERTIFICATE]);
  onTestFinished(() => setDefaultCACertificates(before));
};

/** Starts a TCP server that speaks no protocol. */
export const acceptConnections = async (onConnection: (socket: Socket) => void): Promise<TestServer> => {
  const server = createPlainServer(onConnection);
  return open("http", server);
};

/** Sets the hosts that the operator allows. */
export const allowHosts = (...hosts: string[]): void => {
  useSettings({ OUTBOUND_ALLOWED_HOSTS: hosts.join(",") });
};

async function open(scheme: string, server: Server, answer?: RequestListener): Promise<TestServer> {
  const opened: TestServer = { port: 0, url: "", connections: [], requests: [] };
  server.on("connection", (socket: Socket) => {
    opened.connections.push(socket);
    // Clients close connections abruptly here.
    socket.on("error", () => {});
  });
  if (answer) {
    server.on("request", (request, response) => {
      opened.requests.push(request);
      answer(request, response);
    });
  }
  await once(server.listen(0, "127.0.0.1"), "listening");
  opened.port = toPort(server);
  opened.url = `${scheme}://127.0.0.1:${opened.port}`;
  onTestFinished(async () => {
    for (const socket of opened.connections) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return opened;
}

function toPort(server: Server): number {
  return (server.address() as { port: number }).port;
}
