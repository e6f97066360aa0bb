import { listEnvelopeSchema, pageQuerySchema } from "#lib/http/list-envelope";
import { defineOperation } from "#lib/http/operation";
import {
  changeNoticesSchema,
  noticeSchema,
  noticeSettingsSchema,
  readAnswerSchema,
  readNoticesSchema,
} from "#lib/notices/schema";

const path = "/api/notices";

export const listNoticesOperation = defineOperation({
  id: "listNotices",
  method: "GET",
  path,
  summary: "What the signed-in user was told, newest first",
  query: pageQuerySchema,
  answer: { status: 200, description: "One page of notices", schema: listEnvelopeSchema(noticeSchema) },
  errors: [404],
});

export const readNoticesOperation = defineOperation({
  id: "readNotices",
  method: "POST",
  path: `${path}/read`,
  isRepeatable: true,
  summary: "Mark notices as read: those with these ids, or all",
  body: readNoticesSchema,
  answer: { status: 200, description: "How many are left unread, up to a hundred", schema: readAnswerSchema },
  errors: [],
});

export const getNoticeSettingsOperation = defineOperation({
  id: "getNoticeSettings",
  method: "GET",
  path: `${path}/settings`,
  summary: "Where the signed-in user is told of what",
  answer: { status: 200, description: "The place of each kind of notice", schema: noticeSettingsSchema },
  errors: [],
});

export const changeNoticeSettingsOperation = defineOperation({
  id: "changeNoticeSettings",
  method: "PATCH",
  path: `${path}/settings`,
  summary: "Choose where to be told of what; that a key leaked is always told",
  body: changeNoticesSchema,
  answer: { status: 200, description: "The place of each kind of notice", schema: noticeSettingsSchema },
  errors: [],
});
