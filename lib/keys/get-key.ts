import { findKey } from "#lib/keys/find-key";
import { keyNotFound } from "#lib/keys/key-not-found";
import type { ApiKeyDetail } from "#lib/keys/schema";

/** As `findKey`, but throws the one 404 when there is no such key. */
export const getKey = async (userId: string, keyId: string | undefined): Promise<ApiKeyDetail> => {
  const key = await findKey(userId, keyId);
  if (!key) throw keyNotFound();
  return key;
};
