"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, type SubmitEvent, useId, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { describeField, describeProblem } from "#components/console/describe-problem";
import { useKeyActions } from "#components/keys/key-actions-context";
import { Button } from "#components/ui/button";
import { INPUT } from "#components/ui/input-class";
import { fill } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

// The reader pressed Rename and wants to type. Defined outside the component: React would call a new function at each
// render, which would select, and so replace, the text typed since.
const selectText = (input: HTMLInputElement | null): void => input?.select();

/** Asks for a key's new name in place of the old one. Escape keeps the old name. */
export function RenameKeyForm({ keyId, name }: { keyId: string; name: string }) {
  const router = useRouter();
  const { names, text, say, rename } = useKeyActions();
  const id = useId();
  const [value, setValue] = useState(name);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const isTaken = value.trim() !== name && names.includes(value.trim());

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    if (value === name) return rename(undefined);
    setIsBusy(true);
    const answer = await callApi<ApiKey>("PATCH", `/api/keys/${keyId}`, { body: { name: value } });
    setIsBusy(false);
    setProblem(answer.problem);
    if (answer.problem) return;
    say({ look: "good", content: fill(text.keys.wasRenamed, { name: answer.data.name }) });
    rename(undefined);
    router.refresh();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.nativeEvent.isComposing) rename(undefined);
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="max-w-md">
      <div className="flex flex-wrap gap-2">
        <input
          dir="auto"
          ref={selectText}
          aria-label={fill(text.renameKey.title, { name })}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-said`}
          value={value}
          onChange={(event) => setValue(event.target.value)}
          onKeyDown={onKeyDown}
          autoComplete="off"
          className={`${INPUT} min-w-0 flex-1 basis-40`}
        />
        <Button look="primary" type="submit" isBusy={isBusy}>
          {text.renameKey.save}
        </Button>
        <Button look="quiet" onClick={() => rename(undefined)}>
          {text.renameKey.cancel}
        </Button>
      </div>
      <div id={`${id}-said`} className="text-small not-empty:mt-1.5">
        <p role="alert" className="text-bad">
          {problem && (describeField(problem, "name") ?? describeProblem(problem, text))}
        </p>
        <p role="status" className="text-warn">
          {isTaken && text.keyName.taken}
        </p>
      </div>
    </form>
  );
}
