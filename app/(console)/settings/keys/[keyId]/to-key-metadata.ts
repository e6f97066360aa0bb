import type { Metadata } from "next";
import { findOrganizationOf } from "#lib/auth/get-current-user";
import { getMessages } from "#lib/i18n/get-messages";
import type { Messages } from "#lib/i18n/schema";
import { findKey } from "#lib/keys/list-keys";

export type KeyParams = { params: Promise<{ keyId: string }> };

/** The title of a key's page: the page's name and the key's name. */
export const toKeyMetadata = async ({ params }: KeyParams, toPart: (text: Messages) => string): Promise<Metadata> => {
  const [{ keyId }, { text }] = await Promise.all([params, getMessages()]);
  const organizationId = await findOrganizationOf("keyId", keyId);
  const key = organizationId && (await findKey(organizationId, keyId));
  return { title: key ? `${toPart(text)} · ${key.name}` : text.notFound.title };
};
