import { randomUUID } from "node:crypto";
import { vi } from "vitest";
import type { Connector } from "#lib/networks/connector";
import { sandbox } from "#lib/networks/sandbox";

/** A network that exists only in tests. Each test sets its answers. */
export const notes = {
  ...sandbox,
  network: "notes",
  label: "Notes",
  serversDiffer: true,
  connectFields: [
    { name: "handle", kind: "text", example: "ada" },
    { name: "password", kind: "secret", example: "abcd" },
    { name: "server", kind: "url", example: "https://notes.example", preset: "https://notes.example" },
  ],
  connect: vi.fn<NonNullable<Connector["connect"]>>(),
  authorize: vi.fn<NonNullable<Connector["authorize"]>>(),
  check: vi.fn<Connector["check"]>(),
  disconnect: vi.fn<NonNullable<Connector["disconnect"]>>(),
  refresh: vi.fn<NonNullable<Connector["refresh"]>>(),
} satisfies Connector<null>;

/** A connection to the test network, for a new account unless given. */
export const toConnection = (networkUserId: string = randomUUID(), token = "first") => ({
  networkUserId,
  username: "ada@notes.example",
  displayName: "Ada",
  serverUrl: "https://notes.example",
  credential: { token },
  capabilities: { ...sandbox.capabilities, text_limit: 300 },
  expiresAt: null,
});

/** Replaces `lib/networks/registry.ts` in tests that use that network. */
export const withNotes = async (original: () => Promise<typeof import("#lib/networks/registry")>) => {
  const registry = await original();
  return {
    ...registry,
    listConnectors: () => [...registry.listConnectors(), notes],
    findConnector: (network: string) => (network === notes.network ? notes : registry.findConnector(network)),
    getConnector: (network: string) => (network === notes.network ? notes : registry.getConnector(network)),
  };
};
