"use client";

import { useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import { KnownKeys } from "#components/organizations/known-keys";
import type { OrganizationsText } from "#components/organizations/organizations-text";
import { useKnownKeys } from "#components/organizations/use-known-keys";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { fill } from "#lib/i18n/schema";
import type { Organization } from "#lib/organizations/schema";

type LeaveDialogProps = {
  organization: Pick<Organization, "id" | "name">;
  userId: string;
  text: OrganizationsText;
  onClose: () => void;
};

/** Says what leaving means for oneself and for one's keys, which are always disabled. */
export function LeaveDialog({ organization: { id, name }, userId, text, onClose }: LeaveDialogProps) {
  const { keys, problem: unknown } = useKnownKeys(id, userId);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const { leaving: words, leave, cancel } = text.organizations;

  const confirm = async () => {
    setIsBusy(true);
    const answer = await callApi("DELETE", `/api/organizations/${id}/members/${userId}?keys=disable`);
    if (!answer.problem) return location.assign("/account/organizations");
    setProblem(answer.problem);
    setIsBusy(false);
  };

  return (
    <Dialog
      title={fill(words.title, { name })}
      closeLabel={text.dialog.close}
      onDismiss={onClose}
      describedBy="leave-consequence"
    >
      <p id="leave-consequence">{words.lead}</p>
      <div role="status" className="mt-3">
        {keys && (
          <p className="font-medium">{keys.length > 0 ? fill(words.keys, { count: keys.length }) : words.noKeys}</p>
        )}
        {keys && keys.length > 0 && <KnownKeys keys={keys} />}
      </div>
      <ProblemNote problem={problem ?? unknown} text={text} />
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onClose} data-autofocus>
          {cancel}
        </Button>
        <Button look="danger" isBusy={isBusy || !keys} onClick={() => void confirm()}>
          {leave}
        </Button>
      </div>
    </Dialog>
  );
}
