"use client";

import { type SubmitEvent, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { describeField } from "#components/console/describe-problem";
import { ProblemNote } from "#components/console/problem-note";
import type { InvitationsText } from "#components/invitations/invitations-text";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { INPUT } from "#components/ui/input-class";
import type { Invitation } from "#lib/invitations/schema";
import type { Role } from "#lib/organizations/schema";

type InviteFormProps = {
  path: string;
  roles: Role[];
  text: InvitationsText;
  onInvited: (invitation: Invitation) => void;
};

/** Asks for the address and the role of a new member. */
export function InviteForm({ path, roles, text, onInvited }: InviteFormProps) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("member");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const emailError = describeField(problem, "email");
  const roleError = describeField(problem, "role");
  const words = text.invitations;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    const answer = await callApi<Invitation>("POST", path, { body: { email: email.trim(), role } });
    setProblem(answer.problem);
    setIsBusy(false);
    if (!answer.data) return;
    onInvited(answer.data);
    setEmail("");
  };

  return (
    <form
      aria-labelledby="invite-member"
      onSubmit={(event) => void submit(event)}
      noValidate
      className="border-t border-line p-4 sm:px-6 sm:py-5"
    >
      <h3 id="invite-member" className="mb-3 font-semibold">
        {words.invite}
      </h3>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-4">
        <div className="min-w-0 flex-1 basis-64">
          <Field label={words.address} help={words.addressHelp} error={emailError}>
            {(aria) => (
              <input
                {...aria}
                type="email"
                dir="ltr"
                inputMode="email"
                value={email}
                placeholder="ada@example.com"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                onChange={(event) => setEmail(event.target.value)}
                className={`${INPUT} w-full`}
              />
            )}
          </Field>
        </div>
        <div className="min-w-0 flex-1 basis-64">
          <Field label={words.role} help={text.organizations.roleLeads[role]} error={roleError}>
            {(aria) => (
              <select
                {...aria}
                value={role}
                onChange={(event) => setRole(event.target.value as Role)}
                className={`${INPUT} w-full pr-8`}
              >
                {roles.map((one) => (
                  <option key={one} value={one}>
                    {text.organizations.roles[one]}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      </div>
      <ProblemNote problem={emailError || roleError ? undefined : problem} text={text} />
      <Button look="primary" type="submit" isBusy={isBusy} className="mt-4 max-sm:w-full">
        {isBusy ? words.inviting : words.invite}
      </Button>
    </form>
  );
}
