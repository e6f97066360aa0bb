"use client";

import { useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import { Button } from "#components/ui/button";
import type { WebhooksText } from "#components/webhooks/webhooks-text";

type ConfirmStepProps<Data> = {
  call: { method: string; path: string };
  look: "primary" | "danger";
  /** The consequences. */
  lead: string;
  /** The label of the confirm button. */
  name: string;
  text: WebhooksText;
  onDone: (data: Data) => void;
  onCancel: () => void;
};

/** Explains the consequences of an action, and performs it after confirmation. */
export function ConfirmStep<Data>({ call, look, lead, name, text, onDone, onCancel }: ConfirmStepProps<Data>) {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const confirm = async () => {
    setIsBusy(true);
    const answer = await callApi<Data>(call.method, call.path);
    setIsBusy(false);
    setProblem(answer.problem);
    if (!answer.problem) onDone(answer.data);
  };

  return (
    <>
      <p id="webhook-consequence">{lead}</p>
      <ProblemNote problem={problem} text={text} />
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onCancel} data-autofocus>
          {text.webhooks.form.cancel}
        </Button>
        <Button look={look} isBusy={isBusy} onClick={() => void confirm()}>
          {name}
        </Button>
      </div>
    </>
  );
}
