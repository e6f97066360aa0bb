import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline/promises";
import { callbackUrl } from "#lib/accounts/save-connection";
import { settings } from "#lib/env";
import type { Choices, ConnectedAccount, Connection, Connector } from "#lib/networks/connector";

/** Connects an account as its user would, on the terminal. Nothing is stored. */
export const connectByHand = async (connector: Connector): Promise<ConnectedAccount> => {
  const given: Record<string, string> = {};
  for (const { name, kind, example, preset } of connector.connectFields) {
    const hint = kind === "secret" ? "it is shown as you type" : `for example ${example}`;
    given[name] = (await ask(`${connector.label}: ${name} (${hint})`)) || (preset ?? "");
  }
  const state = randomBytes(32).toString("base64url");
  const result = await connector.connect?.(given, { url: callbackUrl(), state });
  if (!result) throw new Error(`${connector.label} cannot be connected.`);
  if (!("authorizationUrl" in result)) return toAccount(await choose(result), connector);
  const returned = waitForReturn(state);
  console.error(`Open this address, sign in and agree:\n\n${result.authorizationUrl}\n`);
  const query = await returned;
  if (query.error) throw new Error(`${connector.label} sent you back with an error: ${query.error}`);
  const connection = await connector.authorize?.(result, query, callbackUrl());
  if (!connection) throw new Error(`${connector.label} cannot finish an authorization.`);
  return toAccount(await choose(connection), connector);
};

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${question}: `)).trim();
  } finally {
    terminal.close();
  }
}

async function choose(result: Connection | Choices): Promise<Choices["choices"][number]["connection"]> {
  if (!("choices" in result)) return result;
  for (const [index, { label }] of result.choices.entries()) console.error(`${index + 1}. ${label}`);
  const chosen = result.choices[Number(await ask("Which one (its number)")) - 1];
  if (!chosen) throw new Error("There is no such number.");
  return chosen.connection;
}

function toAccount(
  connection: Omit<Connection, "shown">,
  { capabilities, serversDiffer }: Connector,
): ConnectedAccount {
  const { networkUserId, username, serverUrl, credential } = connection;
  const limits = serversDiffer ? connection.capabilities : capabilities;
  return { accountId: randomUUID(), networkUserId, username, serverUrl, credential, capabilities: limits };
}

// Takes the server's place, at whose address the network sends people back.
async function waitForReturn(state: string): Promise<Record<string, string>> {
  const { promise, resolve } = Promise.withResolvers<Record<string, string>>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", callbackUrl());
    const { state: returned, ...query } = Object.fromEntries(url.searchParams);
    const isOurs = url.pathname === new URL(callbackUrl()).pathname && returned === state;
    response.writeHead(isOurs ? 200 : 404, { "content-type": "text/plain", connection: "close" });
    response.end(isOurs ? "Go back to the terminal." : "This is not what the terminal waits for.");
    if (isOurs) resolve(query);
  });
  const { host, port } = settings();
  const failed = once(server, "error").then(([error]) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Error(`Stop the server first: this program takes its place at port ${port} until you come back.`);
  });
  server.listen(port, host);
  try {
    return await Promise.race([promise, failed]);
  } finally {
    server.close();
  }
}
