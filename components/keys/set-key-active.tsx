import { callApi } from "#components/console/call-api";
import { ProblemContent } from "#components/console/problem-note";
import type { KeysText } from "#components/keys/keys-text";
import type { ToastMessage } from "#components/ui/toast";
import { fill } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

/** Disables or enables a key. Returns the changed key, the time of the change, and the message for the reader. */
export const setKeyActive = async (
  { id, is_active }: ApiKey,
  text: KeysText,
): Promise<{ key?: ApiKey; message: ToastMessage }> => {
  const { data: key, problem } = await callApi<ApiKey>("PATCH", `/api/keys/${id}`, { body: { is_active: !is_active } });
  if (problem) return { message: { look: "bad", content: <ProblemContent problem={problem} text={text} /> } };
  const { wasEnabled, wasDisabled } = text.keys;
  const content = fill(key.is_active ? wasEnabled : wasDisabled, { name: key.name });
  return { key, message: { look: "good", content } };
};
