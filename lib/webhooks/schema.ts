import { z } from "zod";
import { orNone, seen, webAddressSchema } from "#lib/pasted/schema";
import { rule } from "#lib/problems/problem";

/** The events that can be subscribed to. The names are part of the API. */
export const WEBHOOK_EVENTS = [
  "post.published",
  "post.failed",
  "post.unknown",
  "account.revoked",
  "account.expiring",
  "key.generated",
  "key.leaked",
  "key.expiring",
  "key.unused",
  "member.joined",
  "member.removed",
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** The test event, which is sent only on request and cannot be subscribed to. */
export const TEST_EVENT = "webhook.test";

const DELIVERY_STATUSES = ["waiting", "delivered", "failed"] as const;

export const MAX_WEBHOOKS_PER_ORGANIZATION = 10;
export const MAX_URL_LENGTH = 2000;
export const DELIVERY_RETENTION_DAYS = 30;

const eventsSchema = z
  .array(seen(z.enum(WEBHOOK_EVENTS)))
  .refine((events) => events.length > 0, { error: rule("webhook_events_none") })
  .refine((events) => new Set(events).size === events.length, { error: rule("webhook_events_twice") });

/** Body of `POST /api/webhooks`. */
export const createWebhookSchema = z.strictObject({
  url: webAddressSchema(MAX_URL_LENGTH),
  events: eventsSchema,
});
export type NewWebhook = z.infer<typeof createWebhookSchema>;

/** Body of `PATCH /api/webhooks/{id}`. */
export const updateWebhookSchema = z
  .strictObject({ events: eventsSchema.optional(), is_active: orNone(z.boolean()) })
  .refine((body) => Object.values(body).some((change) => change !== undefined), {
    error: rule("change_nothing", { name: "is_active" }),
  });
export type WebhookChanges = z.infer<typeof updateWebhookSchema>;

const momentSchema = z.iso.datetime({ precision: 0 });

/** A webhook as its owner sees it, without its secret. */
export const webhookSchema = z.object({
  id: z.uuid(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  is_active: z.boolean(),
  created_at: momentSchema,
  disabled_at: momentSchema.nullable(),
});
export type Webhook = z.infer<typeof webhookSchema>;

export const webhookListSchema = z.object({ webhooks: z.array(webhookSchema) });

/** The only response that contains a signing secret. */
export const webhookWithSecretSchema = webhookSchema.extend({ secret: z.string() });
export type WebhookWithSecret = z.infer<typeof webhookWithSecretSchema>;

/** One event for one address, with every attempt. Its id is the `webhook-id`. */
export const deliverySchema = z.object({
  id: z.uuid(),
  event: z.enum([...WEBHOOK_EVENTS, TEST_EVENT]),
  status: z.enum(DELIVERY_STATUSES),
  created_at: momentSchema,
  delivered_at: momentSchema.nullable(),
  next_attempt_at: momentSchema.nullable(),
  payload: z.record(z.string(), z.unknown()),
  attempts: z.array(
    z.object({
      number: z.int(),
      at: momentSchema,
      status: z.int().nullable(),
      error: z.string().nullable(),
      milliseconds: z.int(),
    }),
  ),
});
export type Delivery = z.infer<typeof deliverySchema>;

export const deletedWebhookSchema = z.object({
  success: z.literal(true),
  message: z.literal("Webhook deleted successfully"),
});
