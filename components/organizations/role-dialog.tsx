"use client";

import { type SubmitEvent, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import { ChoiceCards } from "#components/organizations/choice-cards";
import type { OrganizationsText } from "#components/organizations/organizations-text";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { fill } from "#lib/i18n/schema";
import { type Member, ROLES } from "#lib/organizations/schema";

type RoleDialogProps = {
  organization: { id: string };
  member: Member;
  text: OrganizationsText;
  onDone: (said: string) => void;
  onClose: () => void;
};

/** Gives a member another role. */
export function RoleDialog({ organization, member, text, onDone, onClose }: RoleDialogProps) {
  const [role, setRole] = useState(member.role);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const { appointing: words, roles, roleLeads, changeRole, cancel } = text.organizations;
  const name = member.name ?? member.email;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    const path = `/api/organizations/${organization.id}/members/${member.id}`;
    const answer = await callApi("PATCH", path, { body: { role } });
    setIsBusy(false);
    setProblem(answer.problem);
    if (!answer.problem) onDone(fill(words.done, { name, role: roles[role] }));
  };

  return (
    <Dialog title={fill(words.title, { name })} closeLabel={text.dialog.close} onDismiss={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <ChoiceCards
          legend={words.role}
          choices={ROLES.toReversed().map((value) => ({ value, label: roles[value], lead: roleLeads[value] }))}
          value={role}
          onChange={setRole}
        />
        <ProblemNote problem={problem} text={text} />
        <div className="mt-6 flex flex-wrap justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {cancel}
          </Button>
          <Button look="primary" type="submit" isBusy={isBusy}>
            {changeRole}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
