import type { Messages } from "#lib/i18n/schema";
import type { Delivery } from "#lib/webhooks/schema";

/** The name of an event in the reader's language. */
export const eventName = (event: Delivery["event"], { events }: Messages["webhooks"]): string =>
  ({
    "post.published": events.published,
    "post.failed": events.failed,
    "post.unknown": events.unknown,
    "account.revoked": events.revoked,
    "account.expiring": events.expiring,
    "key.generated": events.keyGenerated,
    "key.leaked": events.keyLeaked,
    "key.expiring": events.keyExpiring,
    "key.unused": events.keyUnused,
    "member.joined": events.memberJoined,
    "member.removed": events.memberRemoved,
    "webhook.test": events.test,
  })[event];
