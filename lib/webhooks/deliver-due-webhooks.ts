import { log, toLogFields } from "#lib/log";
import { deliverWebhook } from "#lib/webhooks/deliver-webhook";
import { listDueDeliveries } from "#lib/webhooks/list-due-deliveries";

const AT_ONCE = 20;

/** Tries what is due, some of it at a time, until nothing is. Any instance may do it, at any time. */
export const deliverDueWebhooks = async (now = new Date()): Promise<void> => {
  for (;;) {
    const due = await listDueDeliveries(AT_ONCE, now);
    if (due.length === 0) return;
    const tries = await Promise.allSettled(due.map((id) => deliverWebhook(id, now)));
    const failed = tries.filter((result) => result.status === "rejected");
    for (const { reason } of failed) log("error", "A webhook could not be delivered", toLogFields(reason));
    // What could not even be claimed would be due again at once.
    if (failed.length > 0) return;
  }
};
