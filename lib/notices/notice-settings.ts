import { z } from "zod";
import { database } from "#lib/db/database";
import type { Prisma } from "#lib/db/generated/client";
import { settings } from "#lib/env";
import {
  NOTICE_KINDS,
  NOTICE_PLACES,
  type NoticeChanges,
  type NoticePlace,
  type NoticeSettings,
} from "#lib/notices/schema";
import { accountGone } from "#lib/organizations/require-membership";

const choicesSchema = z.partialRecord(z.enum(NOTICE_KINDS), z.enum(NOTICE_PLACES));

/** Where the person is told of each kind. Throws 401 when their account is gone. */
export const getNoticeSettings = async (userId: string): Promise<NoticeSettings> => {
  const { prisma } = await database();
  const row = await prisma.user.findUnique({ where: { id: userId }, select: { noticeChoices: true } });
  if (!row) throw accountGone();
  return toSettings(row.noticeChoices);
};

/** Changes where the person is told of some kinds. It holds for everything that happens after this returns. */
export const changeNoticeSettings = async (userId: string, { places }: NoticeChanges): Promise<NoticeSettings> => {
  const { prisma } = await database();
  const given = JSON.stringify(places);
  const [row] = await prisma.$queryRaw<{ choices: Prisma.JsonValue }[]>`
    UPDATE users SET notice_choices = notice_choices || ${given}::jsonb WHERE id = ${userId}::uuid
    RETURNING notice_choices AS choices`;
  if (!row) throw accountGone();
  return toSettings(row.choices);
};

function toSettings(choices: Prisma.JsonValue): NoticeSettings {
  const chosen = choicesSchema.parse(choices);
  const toPlace = (kind: (typeof NOTICE_KINDS)[number]): NoticePlace => chosen[kind] ?? "mail";
  const places = Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, toPlace(kind)])) as NoticeSettings["places"];
  return { sends_mail: settings().mail !== undefined, places };
}
