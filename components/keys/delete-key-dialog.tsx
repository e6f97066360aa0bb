"use client";

import { useEffect, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import type { KeysText } from "#components/keys/keys-text";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/checkbox";
import { Dialog } from "#components/ui/dialog";
import { toLocalTime } from "#components/ui/format-time";
import { fill } from "#lib/i18n/schema";
import type { ApiKey, ApiKeyDetail } from "#lib/keys/schema";

type DeleteKeyDialogProps = {
  apiKey: ApiKey;
  text: KeysText;
  onDisabled: (key: ApiKey) => void;
  onDeleted: (key: ApiKey) => void;
  onClose: () => void;
};

/** Explains what deleting this key means, and offers to disable it instead, which can be undone. */
export function DeleteKeyDialog({ apiKey, text, onDisabled, onDeleted, onClose }: DeleteKeyDialogProps) {
  const path = `/api/keys/${apiKey.id}`;
  const [detail, setDetail] = useState<ApiKeyDetail>();
  const [cancelsPosts, setCancelsPosts] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  useEffect(() => {
    const load = async () => setDetail((await callApi<ApiKeyDetail>("GET", path)).data);
    void load();
  }, [path]);

  const run = async <Data,>(call: ReturnType<typeof callApi<Data>>, onDone: (data: Data) => void) => {
    setIsBusy(true);
    const answer = await call;
    setIsBusy(false);
    setProblem(answer.problem);
    if (!answer.problem) onDone(answer.data);
  };
  const disable = () => run(callApi<ApiKey>("PATCH", path, { body: { is_active: false } }), onDisabled);
  const remove = () =>
    run(callApi("DELETE", cancelsPosts ? `${path}?cancel_posts=true` : path), () => onDeleted(apiKey));

  const { name, key_preview: preview, is_active } = apiKey;
  const { last_used_at: usedAt } = detail ?? apiKey;
  return (
    <Dialog
      title={fill(text.deleteKey.title, { name })}
      closeLabel={text.dialog.close}
      onDismiss={onClose}
      describedBy="delete-key-consequence"
    >
      <div id="delete-key-consequence">
        <p className="font-medium">
          {usedAt ? fill(text.deleteKey.usedAt, { moment: toLocalTime(usedAt) }) : text.deleteKey.unused}
        </p>
        <p className="mt-3">{fill(text.deleteKey.consequence, { preview })}</p>
      </div>
      {detail && detail.waiting_posts > 0 && (
        <div className="mt-3">
          <p>{fill(text.deleteKey.waiting, { count: detail.waiting_posts })}</p>
          <Checkbox isChecked={cancelsPosts} onChange={setCancelsPosts}>
            {text.deleteKey.cancelPosts}
          </Checkbox>
        </div>
      )}
      {is_active && <p className="mt-3 text-muted">{text.deleteKey.instead}</p>}
      <ProblemNote problem={problem} text={text} />
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onClose} data-autofocus>
          {text.deleteKey.cancel}
        </Button>
        {is_active && (
          <Button isBusy={isBusy} onClick={() => void disable()}>
            {text.deleteKey.disable}
          </Button>
        )}
        <Button look="danger" isBusy={isBusy} onClick={() => void remove()}>
          {text.deleteKey.delete}
        </Button>
      </div>
    </Dialog>
  );
}
