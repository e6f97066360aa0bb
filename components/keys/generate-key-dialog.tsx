"use client";

import { useState } from "react";
import { callApi } from "#components/console/call-api";
import { GenerateKeyForm } from "#components/keys/generate-key-form";
import type { Viewer } from "#components/keys/key-options-fields";
import type { KeysText } from "#components/keys/keys-text";
import { LostKey } from "#components/keys/lost-key";
import { RevealSecret } from "#components/keys/reveal-secret";
import { useGenerateKey } from "#components/keys/use-generate-key";
import { useInOrganization } from "#components/organizations/organization-scope";
import { Dialog } from "#components/ui/dialog";
import type { GeneratedKey, KeyRequest } from "#lib/keys/schema";

type GenerateKeyDialogProps = {
  viewer: Viewer;
  publicUrl: string;
  names: string[];
  text: KeysText;
  onClose: () => void;
};

type Made = { answer: GeneratedKey; request: KeyRequest };

/** Leads from the name to the secret, which exists only in this dialog and only while it is open. */
export function GenerateKeyDialog({ viewer, publicUrl, names, text, onClose }: GenerateKeyDialogProps) {
  const { generate, isBusy, problem } = useGenerateKey<KeyRequest>(useInOrganization()("/api/keys"));
  const [made, setMade] = useState<Made>();

  const close = () => !isBusy && onClose();
  const submit = async (request: KeyRequest) => {
    const answer = await generate(request);
    if (answer) setMade({ answer, request });
  };
  const replace = async ({ answer, request }: Made) => {
    const { problem: refusal } = await callApi("DELETE", `/api/keys/${answer.id}`);
    if (refusal) return refusal;
    setMade(undefined);
    await submit(request);
  };

  if (made?.answer.key) {
    const { key: secret, ...key } = made.answer;
    return <RevealSecret apiKey={key} secret={secret} publicUrl={publicUrl} text={text} onClose={close} />;
  }
  return (
    <Dialog
      title={made ? text.generateKey.lostTitle : text.generateKey.title}
      closeLabel={text.dialog.close}
      onDismiss={close}
    >
      {made ? (
        <LostKey name={made.request.name} text={text} onReplace={() => replace(made)} onClose={close} />
      ) : (
        <GenerateKeyForm
          viewer={viewer}
          names={names}
          isBusy={isBusy}
          problem={problem}
          text={text}
          onSubmit={(request) => void submit(request)}
          onCancel={close}
        />
      )}
    </Dialog>
  );
}
