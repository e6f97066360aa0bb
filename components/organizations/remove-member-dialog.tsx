"use client";

import { type SubmitEvent, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import { ChoiceCards } from "#components/organizations/choice-cards";
import { KnownKeys } from "#components/organizations/known-keys";
import type { OrganizationsText } from "#components/organizations/organizations-text";
import { useKnownKeys } from "#components/organizations/use-known-keys";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { fill } from "#lib/i18n/schema";
import type { KeysChoice, Member } from "#lib/organizations/schema";

type RemoveMemberDialogProps = {
  organization: { id: string };
  member: Member;
  text: OrganizationsText;
  onDone: (said: string) => void;
  onClose: () => void;
};

/** Asks the one question of a removal: what becomes of the working keys that the person knows. Neither answer is preset. */
export function RemoveMemberDialog({ organization, member, text, onDone, onClose }: RemoveMemberDialogProps) {
  const { keys, problem: unknown, load } = useKnownKeys(organization.id, member.id);
  const [choice, setChoice] = useState<KeysChoice>();
  const [isUnanswered, setIsUnanswered] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const { removing: words, remove, cancel } = text.organizations;
  const name = member.name ?? member.email;
  const isAsking = keys !== undefined && keys.length > 0;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy || !keys) return;
    setIsUnanswered(isAsking && !choice);
    if (isAsking && !choice) return;
    setIsBusy(true);
    const path = `/api/organizations/${organization.id}/members/${member.id}`;
    const answer = await callApi("DELETE", isAsking ? `${path}?keys=${choice}` : path);
    setIsBusy(false);
    setProblem(answer.problem);
    // The person may have generated a key since the list was loaded.
    if (answer.problem) return void load();
    onDone(fill(isAsking && choice === "keep" ? words.doneKept : words.done, { name }));
  };

  return (
    <Dialog
      title={fill(words.title, { name })}
      closeLabel={text.dialog.close}
      onDismiss={onClose}
      describedBy="remove-consequence"
    >
      <form onSubmit={(event) => void submit(event)}>
        <p id="remove-consequence" className="mb-4">
          {fill(words.lead, { name })}
        </p>
        {isAsking && (
          <ChoiceCards
            legend={words.question}
            choices={[
              { value: "disable", label: words.disable, lead: words.disableLead },
              { value: "keep", label: words.keep, lead: words.keepLead, isRisky: true },
            ]}
            value={choice}
            error={isUnanswered && !choice ? words.choose : undefined}
            onChange={setChoice}
          >
            <KnownKeys keys={keys} />
          </ChoiceCards>
        )}
        <ProblemNote problem={problem ?? unknown} text={text} />
        <div className="mt-6 flex flex-wrap justify-end gap-2">
          <Button look="quiet" onClick={onClose} data-autofocus>
            {cancel}
          </Button>
          <Button look="danger" type="submit" isBusy={isBusy || !keys}>
            {remove}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
