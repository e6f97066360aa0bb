"use client";

import { useState } from "react";
import { callApi } from "#components/console/call-api";
import { GenerateKeyForm } from "#components/keys/generate-key-form";
import type { KeysText } from "#components/keys/keys-text";
import { LostKey } from "#components/keys/lost-key";
import { RevealSecret } from "#components/keys/reveal-secret";
import { isUncertain, type KeyRequest, useGenerateKey } from "#components/keys/use-generate-key";
import { Dialog } from "#components/ui/dialog";
import type { ApiKey } from "#lib/keys/schema";

type GenerateKeyDialogProps = {
  publicUrl: string;
  text: KeysText;
  onKey: (key: ApiKey) => void;
  onDeleted: (key: ApiKey) => void;
  onList: (keys: ApiKey[]) => void;
  onClose: () => void;
};

type Made = { key: ApiKey; secret: string | undefined; request: KeyRequest };

/** From the name to the secret, which lives here and nowhere else, for as long as the dialog is open. */
export function GenerateKeyDialog({ publicUrl, text, onKey, onDeleted, onList, onClose }: GenerateKeyDialogProps) {
  const { generate, isBusy, problem } = useGenerateKey();
  const [made, setMade] = useState<Made>();

  const close = async () => {
    if (isBusy) return;
    onClose();
    // A key may have been made that nobody was told of.
    if (!isUncertain(problem)) return;
    const { data } = await callApi<{ keys: ApiKey[] }>("GET", "/api/keys");
    if (data) onList(data.keys);
  };

  const submit = async (request: KeyRequest) => {
    const answer = await generate(request);
    if (!answer) return;
    const { key: secret, ...key } = answer;
    onKey(key);
    setMade({ key, secret, request });
  };

  const replace = async ({ key, request }: Made) => {
    const { problem: refusal } = await callApi("DELETE", `/api/keys/${key.id}`);
    if (refusal) return refusal;
    onDeleted(key);
    setMade(undefined);
    await submit(request);
  };

  if (made?.secret) {
    return (
      <RevealSecret
        apiKey={made.key}
        secret={made.secret}
        publicUrl={publicUrl}
        text={text}
        onUsed={onKey}
        onClose={() => void close()}
      />
    );
  }
  return (
    <Dialog
      title={made ? text.generateKey.lostTitle : text.generateKey.title}
      closeLabel={text.dialog.close}
      onDismiss={() => void close()}
    >
      {made ? (
        <LostKey name={made.key.name} text={text} onReplace={() => replace(made)} onClose={() => void close()} />
      ) : (
        <GenerateKeyForm
          isBusy={isBusy}
          problem={problem}
          text={text}
          onSubmit={(request) => void submit(request)}
          onCancel={() => void close()}
        />
      )}
    </Dialog>
  );
}
