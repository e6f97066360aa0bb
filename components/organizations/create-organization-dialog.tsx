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
import type { Organization } from "#lib/organizations/schema";

/** Asks for a name, and shows the new organization, which the whole console then shows. */
export function CreateOrganizationDialog({ text, onClose }: { text: OrganizationsText; onClose: () => void }) {
  const [name, setName] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const { creating: words, ...rest } = text.organizations;
  const nameError = describeField(problem, "name");

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    const answer = await callApi<Organization>("POST", "/api/organizations", { body: { name } });
    // Nothing of the organization that was shown before may remain in the browser.
    if (!answer.problem) return location.assign(`/account/organizations/${answer.data.id}`);
    setProblem(answer.problem);
    setIsBusy(false);
  };

  return (
    <Dialog title={rest.create} closeLabel={text.dialog.close} onDismiss={onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <p className="mb-5">{words.lead}</p>
        <Field label={rest.name} help={words.help} error={nameError}>
          {(aria) => (
            <input
              {...aria}
              name="name"
              dir="auto"
              value={name}
              onChange={(event) => setName(event.target.value)}
              data-autofocus
              autoComplete="off"
              className={`${INPUT} w-full`}
            />
          )}
        </Field>
        <ProblemNote problem={nameError ? undefined : problem} text={text} />
        <div className="mt-6 flex flex-wrap justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {rest.cancel}
          </Button>
          <Button look="primary" type="submit" isBusy={isBusy}>
            {isBusy ? words.busy : rest.create}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
