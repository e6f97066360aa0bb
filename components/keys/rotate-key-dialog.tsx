"use client";

import { type SubmitEvent, useState } from "react";
import { callApi } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import type { KeysText } from "#components/keys/keys-text";
import { LostKey } from "#components/keys/lost-key";
import { RevealSecret } from "#components/keys/reveal-secret";
import { isUncertain, useGenerateKey } from "#components/keys/use-generate-key";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { RadioField } from "#components/ui/radio-field";
import { fill } from "#lib/i18n/schema";
import type { ApiKey, GeneratedKey } from "#lib/keys/schema";

type RotateKeyDialogProps = {
  apiKey: ApiKey;
  publicUrl: string;
  text: KeysText;
  /** Closes the dialog. `key` is the new key, if there is one. */
  onClose: (key?: ApiKey) => void;
};

const OVERLAPS = { now: 0, hour: 3600, day: 86_400, week: 604_800 } as const;
const CHOICES = ["now", "hour", "day", "week"] as const;

/** Replaces a key: asks how long both keys should work, then shows the new one once. A leaked key is replaced at once. */
export function RotateKeyDialog({ apiKey, publicUrl, text, onClose }: RotateKeyDialogProps) {
  const isLeaked = apiKey.leaked_at !== null;
  const [overlap, setOverlap] = useState<keyof typeof OVERLAPS>(isLeaked ? "now" : "day");
  const { generate, isBusy, problem } = useGenerateKey<{ overlap_seconds: number }>(`/api/keys/${apiKey.id}/rotate`);
  const [made, setMade] = useState<GeneratedKey>();
  const name = apiKey.name;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!isBusy) setMade(await generate({ overlap_seconds: OVERLAPS[overlap] }));
  };
  const replaceLost = async ({ id }: GeneratedKey) => {
    const answer = await callApi<GeneratedKey>("POST", `/api/keys/${id}/rotate`, { body: { overlap_seconds: 0 } });
    if (answer.problem) return answer.problem;
    setMade(answer.data);
    await callApi("DELETE", `/api/keys/${id}`);
    return undefined;
  };

  if (made?.key) {
    const { key: secret, ...key } = made;
    return <RevealSecret apiKey={key} secret={secret} publicUrl={publicUrl} text={text} onClose={() => onClose(key)} />;
  }
  const close = () => !isBusy && onClose(made);
  if (made) {
    return (
      <Dialog title={text.generateKey.lostTitle} closeLabel={text.dialog.close} onDismiss={close}>
        <LostKey name={name} text={text} onReplace={() => replaceLost(made)} onClose={close} />
      </Dialog>
    );
  }
  return (
    <Dialog title={fill(text.rotateKey.title, { name })} closeLabel={text.dialog.close} onDismiss={close}>
      <form onSubmit={(event) => void submit(event)}>
        <p className="mb-5">{text.rotateKey.lead}</p>
        {!isLeaked && (
          <RadioField
            legend={text.rotateKey.overlap}
            choices={CHOICES.map((choice) => ({ value: choice, label: text.rotateKey[choice] }))}
            value={overlap}
            onChange={setOverlap}
          />
        )}
        <p className="mt-3 text-small text-muted">
          {overlap === "now" ? text.rotateKey.endsNow : text.rotateKey.endsLater}
        </p>
        <ProblemNote problem={problem} text={text} />
        {isUncertain(problem) && <p className="mt-2 text-small text-muted">{text.generateKey.uncertain}</p>}
        <div className="mt-6 flex flex-wrap justify-end gap-2">
          <Button look="quiet" onClick={close}>
            {text.generateKey.cancel}
          </Button>
          <Button look="primary" type="submit" isBusy={isBusy}>
            {isBusy ? text.rotateKey.rotating : text.rotateKey.rotate}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
