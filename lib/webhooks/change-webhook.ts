import { randomUUID } from "node:crypto";
import { recordAuditEvent } from "#lib/audit/record-audit-event";
import type { AuditEntry, MemberActor } from "#lib/audit/schema";
import { currentMoment } from "#lib/clock";
import type { Prisma, WebhookEndpoint } from "#lib/db/generated/client";
import { isUuid } from "#lib/db/sql-values";
import { takeTurn } from "#lib/db/turns";
import { ApiError } from "#lib/errors";
import { ConnectError } from "#lib/networks/network-error";
import { requireOwnReceiver } from "#lib/networks/webhook/connect-receiver";
import { asMember } from "#lib/organizations/as-member";
import { explainOutboundError, OutboundError } from "#lib/outbound/outbound-error";
import { checkAddress } from "#lib/outbound/to-target";
import { say } from "#lib/problems/problem";
import { createSigningSecret } from "#lib/standard-webhooks/post-message";
import { toWebhook, webhookNotFound } from "#lib/webhooks/list-webhooks";
import {
  MAX_WEBHOOKS_PER_ORGANIZATION,
  type NewWebhook,
  type Webhook,
  type WebhookChanges,
  type WebhookWithSecret,
} from "#lib/webhooks/schema";
import { sealSecret } from "#lib/webhooks/seal-secret";

/** Subscribes an address to events. Returns the webhook with its signing secret, which is never shown again. */
export const createWebhook = async (
  actor: MemberActor,
  { url: given, events }: NewWebhook,
): Promise<WebhookWithSecret> => {
  const { organizationId } = actor;
  const url = checkUrl(given);
  const create = async (tx: Prisma.TransactionClient): Promise<WebhookWithSecret> => {
    await requireRoom(tx, organizationId);
    const [id, secret] = [randomUUID(), createSigningSecret()];
    const sealed = await sealSecret(tx, id, secret);
    const row = await tx.webhookEndpoint.create({ data: { id, organizationId, url, secret: sealed, events } });
    await recordAuditEvent(tx, actor, { action: "webhook.created", details: toAuditDetails(row) });
    return { ...toWebhook(row), secret };
  };
  return asMember(actor, "webhooks.change", create, { locks: "organization" });
};

async function requireRoom(tx: Prisma.TransactionClient, organizationId: string): Promise<void> {
  if ((await tx.webhookEndpoint.count({ where: { organizationId } })) < MAX_WEBHOOKS_PER_ORGANIZATION) return;
  const message = say("webhook_limit", { most: MAX_WEBHOOKS_PER_ORGANIZATION });
  throw new ApiError("LimitReached", message);
}

/** Changes the events of one of the organization's webhooks, or enables or disables it. */
export const updateWebhook = async (
  actor: MemberActor,
  webhookId: string | undefined,
  { events, is_active }: WebhookChanges,
): Promise<Webhook> => {
  return asMember(actor, "webhooks.change", async (tx) => {
    const before = await lockEndpoint(tx, actor.organizationId, webhookId);
    const disabledAt = is_active ? null : (before.disabledAt ?? currentMoment());
    const data = { ...(events && { events }), ...(is_active !== undefined && { disabledAt }) };
    const after = await tx.webhookEndpoint.update({ where: { id: before.id }, data });
    await recordAuditEvent(tx, actor, ...toEntries(before, after));
    return toWebhook(after);
  });
};

// An update without an effect is not logged.
function toEntries(before: WebhookEndpoint, after: WebhookEndpoint): AuditEntry[] {
  const details = toAuditDetails(after);
  const changes = { events: { from: before.events, to: after.events } };
  const entries: AuditEntry[] = [];
  if (String(before.events) !== String(after.events)) {
    entries.push({ action: "webhook.updated", details: { ...details, changes } });
  }
  if (after.disabledAt && !before.disabledAt) entries.push({ action: "webhook.disabled", details });
  if (before.disabledAt && !after.disabledAt) entries.push({ action: "webhook.enabled", details });
  return entries;
}

/** Replaces a webhook's signing secret and returns the new one, which is shown only now. It signs all later messages. */
export const rotateWebhookSecret = async (
  actor: MemberActor,
  webhookId: string | undefined,
): Promise<WebhookWithSecret> => {
  return asMember(actor, "webhooks.change", async (tx) => {
    const { id } = await lockEndpoint(tx, actor.organizationId, webhookId);
    const secret = createSigningSecret();
    const sealed = await sealSecret(tx, id, secret);
    const row = await tx.webhookEndpoint.update({ where: { id }, data: { secret: sealed } });
    await recordAuditEvent(tx, actor, { action: "webhook.secret_rotated", details: toAuditDetails(row) });
    return { ...toWebhook(row), secret };
  });
};

/** Deletes one of the organization's webhooks with all its deliveries, sent or waiting. */
export const deleteWebhook = async (actor: MemberActor, webhookId: string | undefined): Promise<void> => {
  await asMember(actor, "webhooks.change", async (tx) => {
    const row = await lockEndpoint(tx, actor.organizationId, webhookId);
    await tx.webhookEndpoint.delete({ where: { id: row.id } });
    await recordAuditEvent(tx, actor, { action: "webhook.deleted", details: toAuditDetails(row) });
  });
};

/** The address to store. Throws 400 if nothing could ever be sent to it, or if its service cannot read these messages. */
const checkUrl = (given: string): string => {
  try {
    const url = checkAddress(given);
    requireOwnReceiver(url);
    url.hash = "";
    return url.href;
  } catch (error) {
    if (!(error instanceof OutboundError || error instanceof ConnectError)) throw error;
    const problem = error instanceof ConnectError ? error.problem : explainOutboundError(error);
    throw new ApiError("InvalidRequest", problem, { at: "url", fields: { url: [problem] }, cause: error });
  }
};

const TAKE_TURN = `SELECT ${takeTurn("id")} FROM webhook_endpoints WHERE id = $1::uuid AND organization_id = $2::uuid`;

/** Reads and locks one of the organization's endpoints until the transaction ends. Throws 404. */
const lockEndpoint = async (
  tx: Prisma.TransactionClient,
  organizationId: string,
  webhookId: string | undefined,
): Promise<WebhookEndpoint> => {
  if (!isUuid(webhookId)) throw webhookNotFound();
  await tx.$executeRawUnsafe(TAKE_TURN, webhookId, organizationId);
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM webhook_endpoints WHERE id = ${webhookId}::uuid AND organization_id = ${organizationId}::uuid FOR UPDATE`;
  if (locked.length === 0) throw webhookNotFound();
  return tx.webhookEndpoint.findUniqueOrThrow({ where: { id: webhookId } });
};

/** What the audit log records of an endpoint. The rest of its address may be a secret. */
const toAuditDetails = ({ id, url }: WebhookEndpoint): Record<string, unknown> => ({
  webhook_id: id,
  host: new URL(url).host,
});
