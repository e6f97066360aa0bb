"use client";

import { type SubmitEvent, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { describeField } from "#components/console/describe-problem";
import { ProblemNote } from "#components/console/problem-note";
import type { OrganizationsText } from "#components/organizations/organizations-text";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { INPUT } from "#components/ui/input-class";
import { fill } from "#lib/i18n/schema";
import type { Organization } from "#lib/organizations/schema";

type DeleteOrganizationProps = { organization: Pick<Organization, "id" | "name">; text: OrganizationsText };

/** Deletes the organization once its name has been typed. */
export function DeleteOrganization({ organization, text }: DeleteOrganizationProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { deleting: words } = text.organizations;
  return (
    <section
      aria-labelledby="delete-organization"
      className="mt-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-card border border-line bg-surface p-4 sm:px-6 sm:py-5"
    >
      <div className="min-w-0 flex-1 basis-64">
        <h2 id="delete-organization" className="text-head font-semibold">
          {words.delete}
        </h2>
        <p className="text-muted">{words.summary}</p>
      </div>
      <Button look="danger" onClick={() => setIsOpen(true)} className="max-sm:w-full">
        {words.delete}
      </Button>
      {isOpen && <DeleteDialog {...{ organization, text }} onClose={() => setIsOpen(false)} />}
    </section>
  );
}

function DeleteDialog({ organization, text, onClose }: DeleteOrganizationProps & { onClose: () => void }) {
  const { id, name } = organization;
  const [typed, setTyped] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const { deleting: words, cancel } = text.organizations;
  const nameError = describeField(problem, "name");

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    const answer = await callApi("DELETE", `/api/organizations/${id}`, { body: { name: typed } });
    if (!answer.problem) return location.assign("/account/organizations");
    setProblem(answer.problem);
    setIsBusy(false);
  };

  return (
    <Dialog title={fill(words.title, { name })} closeLabel={text.dialog.close} onDismiss={onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <ul className="mb-5 list-disc space-y-1 pl-5">
          {words.consequences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <Field label={words.type} help={<bdi translate="no">{name}</bdi>} error={nameError}>
          {(aria) => (
            <input
              {...aria}
              dir="auto"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              data-autofocus
              autoComplete="off"
              spellCheck={false}
              className={`${INPUT} w-full`}
            />
          )}
        </Field>
        <ProblemNote problem={nameError ? undefined : problem} text={text} />
        <div className="mt-6 flex flex-wrap justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {cancel}
          </Button>
          <Button look="danger" type="submit" isBusy={isBusy}>
            {words.delete}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
