import { z } from "zod";
import { LOCALES } from "#lib/i18n/schema";
import { noticeSettingsSchema } from "#lib/notices/schema";
import { rule } from "#lib/problems/problem";

/** A time zone that this server knows by its IANA name. */
const timeZoneSchema = z.string().refine(isTimeZone, { error: rule("time_zone_unknown") });

function isTimeZone(name: string): boolean {
  try {
    // Offsets such as "+08:00" are accepted here as well, but they are no zones: they do not follow a place's law.
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** Body of `PATCH /api/user`. Null means: as the browser has it. */
export const updateUserSchema = z
  .strictObject({ locale: z.enum(LOCALES).nullable().optional(), time_zone: timeZoneSchema.nullable().optional() })
  .refine((changes) => Object.values(changes).some((change) => change !== undefined), {
    error: rule("change_nothing", { name: "locale" }),
  });
export type UserChanges = z.infer<typeof updateUserSchema>;

/** The signed-in person, as `GET /api/user` shows them. */
export const userSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string().nullable(),
  picture: z.string().nullable(),
  locale: z.enum(LOCALES).nullable(),
  time_zone: z.string().nullable(),
  created_at: z.iso.datetime({ precision: 0 }),
});
export type User = z.infer<typeof userSchema>;

/** Body of `DELETE /api/user`: one's own address, typed again. */
export const deleteUserSchema = z.strictObject({ email: z.string() });

type NamedOrganization = { id: string; name: string };

/** What the deletion of a person's account would take with it, as the page says before. */
export type DeletionPreview = {
  /** Organizations without other members. */
  alone: NamedOrganization[];
  /** Organizations that they would leave. */
  left: NamedOrganization[];
  /** Organizations whose last owner they are among other members. They stand in the way. */
  needOwner: NamedOrganization[];
  /** How many keys that work now would stop working. */
  keys: number;
};

/** Everything that is kept about a person. Never a secret, and nothing about others. */
export const userExportSchema = z.object({
  user: userSchema,
  organizations: z.array(z.object({ id: z.uuid(), name: z.string(), role: z.string(), joined_at: z.string() })),
  sessions: z.array(
    z.object({
      id: z.uuid(),
      user_agent: z.string().nullable(),
      ip_address: z.string().nullable(),
      created_at: z.string(),
      last_seen_at: z.string(),
    }),
  ),
  generated_keys: z.array(
    z.object({
      id: z.uuid(),
      organization_id: z.uuid(),
      name: z.string(),
      key_preview: z.string(),
      note: z.string().nullable(),
      created_at: z.string(),
    }),
  ),
  written_posts: z.array(
    z.object({
      id: z.uuid(),
      organization_id: z.uuid(),
      status: z.string(),
      text: z.array(z.string()),
      created_at: z.string(),
    }),
  ),
  invitations: z.array(
    z.object({
      id: z.uuid(),
      /** Its name, while the person can know it. */
      organization: z.string().nullable(),
      role: z.string(),
      outcome: z.string().nullable(),
      created_at: z.string(),
    }),
  ),
  events: z.array(z.object({ at: z.string(), action: z.string(), address: z.string().nullable() })),
  notices: z.array(
    z.object({
      kind: z.string(),
      organization_id: z.uuid().nullable(),
      at: z.string(),
      read_at: z.string().nullable(),
    }),
  ),
  notice_settings: noticeSettingsSchema.shape.places,
  known_browsers: z.array(z.object({ last_seen_at: z.string() })),
});
export type UserExport = z.infer<typeof userExportSchema>;
