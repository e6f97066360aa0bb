import { changeNoticeSettingsOperation, getNoticeSettingsOperation } from "#lib/http/notice-operations";
import { routeMethods } from "#lib/http/route-methods";
import { withSession } from "#lib/http/with-session";
import { changeNoticeSettings, getNoticeSettings } from "#lib/notices/notice-settings";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeMethods({
  GET: withSession(getNoticeSettingsOperation, async ({ actor }) => ({ body: await getNoticeSettings(actor.userId) })),
  PATCH: withSession(changeNoticeSettingsOperation, async ({ actor, body }) => ({
    body: await changeNoticeSettings(actor.userId, body),
  })),
});
