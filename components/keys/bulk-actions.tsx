"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "#components/console/call-api";
import { describeProblem } from "#components/console/describe-problem";
import type { KeysText } from "#components/keys/keys-text";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { fill } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

type BulkActionsProps = { keys: ApiKey[]; text: KeysText; onClear: () => void };

type Result = { key: ApiKey; said: string; isDone: boolean };

/** Disables or deletes the selected keys one by one, and reports the result for each. */
export function BulkActions({ keys, text, onClear }: BulkActionsProps) {
  const router = useRouter();
  const [asked, setAsked] = useState<"disable" | "delete">();
  const [isBusy, setIsBusy] = useState(false);
  const [results, setResults] = useState<Result[]>();
  const { bulk } = text;

  const run = async (action: "disable" | "delete") => {
    setIsBusy(true);
    const done: Result[] = [];
    for (const key of keys) {
      const { problem } = await (action === "delete"
        ? callApi("DELETE", `/api/keys/${key.id}`)
        : callApi("PATCH", `/api/keys/${key.id}`, { body: { is_active: false } }));
      const said = problem ? describeProblem(problem, text) : bulk[action === "delete" ? "deleted" : "disabled"];
      done.push({ key, said, isDone: !problem });
      setResults([...done]);
    }
    setIsBusy(false);
    router.refresh();
  };
  const close = () => {
    if (isBusy) return;
    setAsked(undefined);
    if (results) onClear();
    setResults(undefined);
  };

  return (
    <div className="sticky bottom-0 flex flex-wrap items-center gap-2 rounded-b-card border-t border-line bg-surface px-4 py-3 sm:px-6">
      <p role="status" className="mr-auto font-medium">
        {fill(bulk.selected, { count: keys.length })}
      </p>
      <Button look="quiet" onClick={onClear}>
        {bulk.clear}
      </Button>
      <Button onClick={() => setAsked("disable")}>{text.keys.disable}</Button>
      <Button look="danger" onClick={() => setAsked("delete")}>
        {text.keys.delete}
      </Button>
      {asked && (
        <Dialog
          title={fill(bulk[asked === "delete" ? "deleteTitle" : "disableTitle"], { count: keys.length })}
          closeLabel={text.dialog.close}
          onDismiss={close}
        >
          {!results && <p className="mb-3">{bulk[asked === "delete" ? "deleteLead" : "disableLead"]}</p>}
          <ul aria-live="polite" className="max-h-72 divide-y divide-line overflow-y-auto">
            {keys.map((key) => {
              const result = results?.find((one) => one.key.id === key.id);
              return (
                <li key={key.id} className="flex flex-wrap justify-between gap-x-4 py-2">
                  <bdi translate="no" className="min-w-0 wrap-anywhere">
                    {key.name}
                  </bdi>
                  <span className={result?.isDone === false ? "text-bad" : "text-muted"}>
                    {result?.said ?? key.key_preview}
                  </span>
                </li>
              );
            })}
          </ul>
          <div className="mt-6 flex flex-wrap justify-end gap-2">
            <Button look="quiet" onClick={close} data-autofocus>
              {results ? text.dialog.close : text.deleteKey.cancel}
            </Button>
            {!results && (
              <Button look={asked === "delete" ? "danger" : "primary"} isBusy={isBusy} onClick={() => void run(asked)}>
                {asked === "delete" ? text.keys.delete : text.keys.disable}
              </Button>
            )}
          </div>
        </Dialog>
      )}
    </div>
  );
}
