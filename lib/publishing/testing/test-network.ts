import { vi } from "vitest";
import { notes } from "#lib/accounts/testing/test-connector";
import type { PublishedPart } from "#lib/networks/connector";
import { NetworkError, type NetworkErrorReason } from "#lib/networks/network-error";
import { say } from "#lib/problems/problem";

/** What the test network has: texts by identity. */
export type TestNetwork = Map<string, string>;

/** A part as the test network would report it. */
export const toPart = (identity: string): PublishedPart => ({
  networkPostId: identity,
  url: `https://notes.example/${identity}`,
  reference: {},
});

/** Starts an empty test network, which accepts what it is sent and can report what it has. */
export const startNetwork = (): TestNetwork => {
  vi.restoreAllMocks();
  const network: TestNetwork = new Map();
  vi.spyOn(notes, "publish").mockImplementation(async (_account, { identity, part }) => {
    network.set(identity, part.text);
    return toPart(identity);
  });
  vi.spyOn(notes, "reconcile").mockImplementation(async (_account, { identity }) =>
    network.has(identity) ? toPart(identity) : "resend",
  );
  return network;
};

/** Makes the next call of this kind fail. */
export const failOnce = (
  call: "publish" | "prepare" | "reconcile",
  reason: NetworkErrorReason,
  retryAt?: Date,
): unknown =>
  vi
    .spyOn(notes, call)
    .mockRejectedValueOnce(new NetworkError(reason, say("server_said", { said: `It was ${reason}.` }), { retryAt }));

/** Makes the network accept the next part, but the answer never arrives. */
export const cutAfterAccepting = (network: TestNetwork): unknown =>
  vi.mocked(notes.publish).mockImplementationOnce(async (_account, { identity, part }) => {
    network.set(identity, part.text);
    throw new NetworkError("uncertain", say("server_said", { said: "The connection ended." }));
  });
