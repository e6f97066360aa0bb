"use client";

import { type SubmitEvent, useState } from "react";
import type { Problem } from "#components/console/call-api";
import { describeField } from "#components/console/describe-problem";
import { ProblemNote } from "#components/console/problem-note";
import { EnvironmentField } from "#components/keys/environment-field";
import type { KeysText } from "#components/keys/keys-text";
import { NameField } from "#components/keys/name-field";
import { isUncertain, type KeyRequest } from "#components/keys/use-generate-key";
import { Button } from "#components/ui/button";
import type { Environment } from "#lib/keys/schema";

type GenerateKeyFormProps = {
  isBusy: boolean;
  problem: Problem | undefined;
  text: KeysText;
  onSubmit: (request: KeyRequest) => void;
  onCancel: () => void;
};

/** Asks how the key is to be called and where it will live. */
export function GenerateKeyForm({ isBusy, problem, text, onSubmit, onCancel }: GenerateKeyFormProps) {
  const [name, setName] = useState("");
  const [environment, setEnvironment] = useState<Environment>();
  const fieldError = describeField(problem, "name", text);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isBusy) onSubmit({ name, environment });
  };

  return (
    <form onSubmit={submit} noValidate>
      <NameField value={name} error={fieldError} text={text.keyName} withSuggestions onChange={setName} />
      <EnvironmentField value={environment} text={text.generateKey} onChange={setEnvironment} />
      <ProblemNote problem={fieldError ? undefined : problem} text={text} />
      {isUncertain(problem) && <p className="mt-2 text-small text-muted">{text.generateKey.uncertain}</p>}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          {text.generateKey.cancel}
        </Button>
        <Button look="primary" type="submit" isBusy={isBusy}>
          {isBusy ? text.generateKey.generating : text.generateKey.generate}
        </Button>
      </div>
    </form>
  );
}
