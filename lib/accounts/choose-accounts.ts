import { randomBytes } from "node:crypto";
import { z } from "zod";
import { readStoredCredential } from "#lib/accounts/refresh-credential";
import { hashState, saveConnections, savePending } from "#lib/accounts/save-connection";
import type { Account, AccountChoices, ChooseRequest } from "#lib/accounts/schema";
import { toAccount } from "#lib/accounts/to-account";
import type { MemberActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import { database } from "#lib/db/database";
import { ApiError } from "#lib/errors";
import type { Choices } from "#lib/networks/connector";
import { capabilitiesSchema } from "#lib/networks/schema";
import { say } from "#lib/problems/problem";

const storedSchema = z.array(
  z.object({
    id: z.string(),
    label: z.string(),
    connection: z.object({
      ...{ networkUserId: z.string(), username: z.string(), displayName: z.string(), serverUrl: z.string().nullable() },
      ...{ credential: z.record(z.string(), z.string()), capabilities: capabilitiesSchema },
      expiresAt: z.coerce.date().nullable(),
    }),
  }),
);

/** Stores accounts to choose from, encrypted, for fifteen minutes and for this user and organization alone. */
export const saveChoices = async (
  actor: MemberActor,
  network: string,
  { choices }: Choices,
): Promise<AccountChoices> => {
  const choicesId = randomBytes(32).toString("base64url");
  const credential = { choices: JSON.stringify(storedSchema.parse(choices)) };
  await savePending(actor, { network, state: choicesId }, { serverUrl: "", credential, isChoice: true });
  return toChoices(choicesId, network, choices);
};

function toChoices(choicesId: string, network: string, choices: Choices["choices"]): AccountChoices {
  return { choices_id: choicesId, network, choices: choices.map(({ id, label }) => ({ id, label })) };
}

/** The accounts that this member may choose from, or undefined once they are chosen or too old. */
export const findChoices = async (
  member: Pick<MemberActor, "userId" | "organizationId">,
  choicesId: string,
): Promise<AccountChoices | undefined> => {
  const found = await readChoices(member, choicesId);
  return found && toChoices(choicesId, found.network, found.choices);
};

async function readChoices(
  { userId, organizationId }: Pick<MemberActor, "userId" | "organizationId">,
  choicesId: string,
) {
  const { prisma } = await database();
  const stateHash = hashState(choicesId);
  const row = await prisma.pendingConnection.findFirst({
    where: {
      ...{ stateHash: new Uint8Array(stateHash), userId, organizationId, isChoice: true },
      expiresAt: { gt: currentMoment() },
    },
  });
  if (!row) return undefined;
  const { choices = "" } = readStoredCredential(stateHash.toString("hex"), row.credential);
  return { network: row.network, choices: storedSchema.parse(JSON.parse(choices)) };
}

/**
 * Connects the chosen accounts, all of them or none. Throws 400 for an
 * account that is not among the choices, and 409 when they are too old or already chosen from.
 */
export const chooseAccounts = async (
  actor: MemberActor,
  { choices_id: choicesId, chosen }: ChooseRequest,
): Promise<Account[]> => {
  const found = await readChoices(actor, choicesId);
  if (!found) throw new ApiError("InvalidState", say("choices_stale"));
  const connections = found.choices.filter(({ id }) => chosen.includes(id));
  if (connections.length < new Set(chosen).size) {
    const problem = say("choice_unknown");
    throw new ApiError("InvalidRequest", problem, { at: "chosen", fields: { chosen: [problem] } });
  }
  const chosenConnections = connections.map(({ connection }) => connection);
  const stateHash = new Uint8Array(hashState(choicesId));
  const rows = await saveConnections(actor, found.network, chosenConnections, async (tx) => {
    await tx.pendingConnection.deleteMany({ where: { stateHash } });
  });
  return rows.map(toAccount);
};
