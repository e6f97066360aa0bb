import { openAccount } from "#lib/accounts/open-account";
import type { SocialAccount } from "#lib/db/generated/client";
import { log, toLogFields } from "#lib/log";
import { getConnector } from "#lib/networks/registry";

/** Tells the network, where it wants to know, that the credential in this row is not needed any more. Never throws. */
export const revokeCredential = async (row: SocialAccount): Promise<void> => {
  try {
    await getConnector(row.network).disconnect?.(openAccount(row));
  } catch (error) {
    log("warn", "A network could not be told that an account was disconnected", toLogFields(error));
  }
};
