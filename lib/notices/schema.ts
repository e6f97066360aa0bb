import { z } from "zod";
import { fill, type Messages } from "#lib/i18n/schema";
import { rule } from "#lib/problems/problem";

/** What people are told about. Those of keys, members, posts and accounts have the names of the webhook events. */
export const NOTICE_KINDS = [
  "key.leaked",
  "key.expiring",
  "key.unused",
  "key.generated",
  "account.revoked",
  "account.expiring",
  "post.failed",
  "post.unknown",
  "member.joined",
  "member.removed",
  "sign_in.new_browser",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Where somebody is told: in the console and by mail, in the console alone, or not at all. */
export const NOTICE_PLACES = ["mail", "console", "off"] as const;
export type NoticePlace = (typeof NOTICE_PLACES)[number];

/** The kind that nobody can switch off, because it cannot wait. */
export const ALWAYS_TOLD = "key.leaked" satisfies NoticeKind;

const momentSchema = z.iso.datetime({ precision: 0 });

/** Something that the signed-in person was told. */
export const noticeSchema = z.object({
  id: z.uuid(),
  kind: z.enum(NOTICE_KINDS),
  created_at: momentSchema,
  read_at: momentSchema.nullable(),
  /** Null for what concerns the person's own account. */
  organization: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  subject_id: z.uuid(),
  /** What the key, the account, the post or the member is called now. Null when nobody knows any more. */
  subject_name: z.string().nullable(),
  /** The preview of a key, or the network of an account. */
  subject_detail: z.string().nullable(),
  /** When the key expires, where it is about that. */
  expires_at: momentSchema.nullable(),
  /** The page about it. */
  url: z.url(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** A notice as one sentence. `toDay` writes a moment as its reader expects it. */
export const toSentence = (
  { kind, subject_name, subject_detail, expires_at }: Notice,
  text: Messages["notices"],
  toDay: (moment: string) => string,
): string =>
  fill(text.sentences[kind], {
    name: subject_name || text.nameless,
    detail: subject_detail ?? "",
    day: expires_at ? toDay(expires_at) : "",
  });

/** Body of `POST /api/notices/read`: the notices that were read. Without ids, all. */
export const readNoticesSchema = z.strictObject({
  ids: z.array(z.uuid()).max(100).optional(),
});

export const readAnswerSchema = z.object({ unread: z.int() });

/** Where the person is told of each kind, and whether this server sends mail at all. */
export const noticeSettingsSchema = z.object({
  sends_mail: z.boolean(),
  places: z.record(z.enum(NOTICE_KINDS), z.enum(NOTICE_PLACES)),
});
export type NoticeSettings = z.infer<typeof noticeSettingsSchema>;

const place = z.enum(NOTICE_PLACES).optional();
const always = place.refine((given) => given === undefined || given === "mail", { error: rule("notice_always") });
const shape = Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, kind === ALWAYS_TOLD ? always : place]));

/** Body of `PATCH /api/notices/settings`: the kinds to change. */
export const changeNoticesSchema = z
  .strictObject({ places: z.strictObject(shape as Record<NoticeKind, typeof place>) })
  .refine(({ places }) => Object.values(places).some((given) => given !== undefined), {
    error: rule("change_nothing", { name: "places" }),
  });
export type NoticeChanges = z.infer<typeof changeNoticesSchema>;
