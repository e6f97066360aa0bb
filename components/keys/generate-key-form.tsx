"use client";

import { type SubmitEvent, useState } from "react";
import type { Problem } from "#components/console/call-api";
import { describeField } from "#components/console/describe-problem";
import { ProblemNote } from "#components/console/problem-note";
import { EnvironmentField } from "#components/keys/environment-field";
import { NO_OPTIONS, toKeyChanges } from "#components/keys/key-options";
import { KeyOptionsFields, type Viewer } from "#components/keys/key-options-fields";
import type { KeysText } from "#components/keys/keys-text";
import { NameField } from "#components/keys/name-field";
import { isUncertain } from "#components/keys/use-generate-key";
import { Button } from "#components/ui/button";
import { ChevronIcon } from "#components/ui/icons";
import type { Environment, KeyRequest } from "#lib/keys/schema";

type GenerateKeyFormProps = {
  viewer: Viewer;
  names: string[];
  isBusy: boolean;
  problem: Problem | undefined;
  text: KeysText;
  onSubmit: (request: KeyRequest) => void;
  onCancel: () => void;
};

/** Asks for the new key's name and options. */
export function GenerateKeyForm({ viewer, names, isBusy, problem, text, onSubmit, onCancel }: GenerateKeyFormProps) {
  const [name, setName] = useState("");
  const [environment, setEnvironment] = useState<Environment>();
  const [options, setOptions] = useState(NO_OPTIONS);
  const fieldError = describeField(problem, "name");

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isBusy) onSubmit({ name, environment, ...toKeyChanges(NO_OPTIONS, options) });
  };

  return (
    <form onSubmit={submit} noValidate>
      <NameField value={name} error={fieldError} text={text.keyName} withSuggestions names={names} onChange={setName} />
      <EnvironmentField value={environment} text={text.generateKey} onChange={setEnvironment} />
      <details className="group mt-5" open={hasOptionProblem(problem) || undefined}>
        <summary className="-mx-2 flex min-h-11 list-none items-center gap-2 rounded-control px-2 font-medium hover:bg-sunken mouse:min-h-9">
          <ChevronIcon className="size-4 text-muted group-open:rotate-180" />
          <span>{text.keyOptions.more}</span>
        </summary>
        <div className="pt-3">
          <KeyOptionsFields options={options} problem={problem} viewer={viewer} text={text} onChange={setOptions} />
        </div>
      </details>
      <ProblemNote problem={fieldError || hasOptionProblem(problem) ? undefined : problem} text={text} />
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

// Invalid options must be visible.
function hasOptionProblem(problem: Problem | undefined): boolean {
  return problem?.kind === "refused" && Object.keys(problem.fields).some((field) => field !== "name");
}
