"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "#components/console/call-api";
import { ProblemContent } from "#components/console/problem-note";
import { Button } from "#components/ui/button";
import { Toast, type ToastMessage } from "#components/ui/toast";
import { describeDelivery } from "#components/webhooks/describe-delivery";
import type { WebhooksText } from "#components/webhooks/webhooks-text";
import type { Delivery } from "#lib/webhooks/schema";

/** Sends a delivery again and reports the result. */
export function ReplayButton({ path, text }: { path: string; text: WebhooksText }) {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [toast, setToast] = useState<ToastMessage>();

  const replay = async () => {
    setIsBusy(true);
    const { data, problem } = await callApi<Delivery>("POST", path);
    setIsBusy(false);
    setToast(
      problem
        ? { look: "bad", content: <ProblemContent problem={problem} text={text} /> }
        : describeDelivery(data, text),
    );
    router.refresh();
  };

  return (
    <>
      <Button isBusy={isBusy} onClick={() => void replay()}>
        {isBusy ? text.webhooks.sending : text.webhooks.log.replay}
      </Button>
      <Toast message={toast} dismissLabel={text.problem.dismiss} onDismiss={() => setToast(undefined)} />
    </>
  );
}
