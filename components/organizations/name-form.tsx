"use client";

import { useRouter } from "next/navigation";
import { type SubmitEvent, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { describeField } from "#components/console/describe-problem";
import { ProblemNote } from "#components/console/problem-note";
import type { OrganizationsText } from "#components/organizations/organizations-text";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { INPUT } from "#components/ui/input-class";
import type { Organization } from "#lib/organizations/schema";

type NameFormProps = { organization: Pick<Organization, "id" | "name">; text: OrganizationsText };

/** Renames the organization. */
export function NameForm({ organization: { id, name: saved }, text }: NameFormProps) {
  const router = useRouter();
  const [name, setName] = useState(saved);
  const [isBusy, setIsBusy] = useState(false);
  const [isSaved, setIsSaved] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const words = text.organizations;
  const nameError = describeField(problem, "name");

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    const answer = await callApi<Organization>("PATCH", `/api/organizations/${id}`, { body: { name } });
    setIsBusy(false);
    setProblem(answer.problem);
    setIsSaved(!answer.problem);
    if (answer.problem) return;
    // The server's spelling, unless the user has typed more meanwhile.
    setName((now) => (now === name ? answer.data.name : now));
    router.refresh();
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="max-w-xl">
      <Field label={words.name} error={nameError}>
        {(aria) => (
          <span className="flex flex-wrap gap-2">
            <input
              {...aria}
              name="name"
              dir="auto"
              value={name}
              onChange={(event) => {
                setName(event.target.value);
                setIsSaved(false);
              }}
              autoComplete="off"
              className={`${INPUT} min-w-0 flex-1 basis-48`}
            />
            <Button type="submit" isBusy={isBusy}>
              {words.rename}
            </Button>
          </span>
        )}
      </Field>
      <ProblemNote problem={nameError ? undefined : problem} text={text} />
      <p role="status" className="text-small text-good">
        {isSaved && words.renamed}
      </p>
    </form>
  );
}
