"use client";

import { useState } from "react";
import { callApi } from "#components/console/call-api";
import { ProblemContent } from "#components/console/problem-note";
import type { InvitationsText } from "#components/invitations/invitations-text";
import { InviteForm } from "#components/invitations/invite-form";
import { SentInvitation } from "#components/invitations/sent-invitation";
import { Toast, type ToastMessage } from "#components/ui/toast";
import { fill } from "#lib/i18n/schema";
import type { Invitation } from "#lib/invitations/schema";
import type { Role } from "#lib/organizations/schema";

type SentInvitationsProps = {
  organizationId: string;
  /** The roles that the reader may give. Invitations with other roles cannot be changed. */
  roles: Role[];
  initial: Invitation[];
  text: InvitationsText;
};

/** Invites members, and lists who was invited. Each request names the organization that the page shows. */
export function SentInvitations({ organizationId, roles, initial, text }: SentInvitationsProps) {
  const [sent, setSent] = useState(initial);
  const [toast, setToast] = useState<ToastMessage>();
  const words = text.invitations;
  const path = `/api/organizations/${organizationId}/invitations`;
  const tell = (sentence: string, { email }: Invitation) =>
    setToast({ look: "good", content: fill(sentence, { email }) });

  const keep = (changed: Invitation) =>
    setSent((known) =>
      known.some(({ id }) => id === changed.id)
        ? known.map((one) => (one.id === changed.id ? changed : one))
        : [changed, ...known],
    );

  const change = async ({ id }: Invitation, what: "renew" | "revoke") => {
    const { data, problem } = await (what === "renew"
      ? callApi<Invitation>("POST", `${path}/${id}/renew`)
      : callApi<Invitation>("DELETE", `${path}/${id}`));
    if (problem) return setToast({ look: "bad", content: <ProblemContent problem={problem} text={text} /> });
    keep(data);
    if (what === "revoke") return tell(words.wasRevoked, data);
    tell(data.mail ? words.wasRenewedByMail : words.wasRenewed, data);
  };

  return (
    <>
      <InviteForm
        path={path}
        roles={roles}
        text={text}
        onInvited={(invitation) => {
          keep(invitation);
          tell(invitation.mail ? words.wasMailed : words.wasInvited, invitation);
        }}
      />
      {sent.length === 0 ? (
        <div className="border-t border-line px-6 py-10 text-center">
          <p className="font-medium">{words.sentNone}</p>
          <p className="mx-auto mt-1 max-w-md text-muted">{words.sentNoneLead}</p>
        </div>
      ) : (
        <ul>
          {sent.map((invitation) => (
            <SentInvitation
              key={invitation.id}
              invitation={invitation}
              mayChange={roles.includes(invitation.role)}
              text={text}
              onChange={(what) => change(invitation, what)}
            />
          ))}
        </ul>
      )}
      <Toast message={toast} dismissLabel={text.problem.dismiss} onDismiss={() => setToast(undefined)} />
    </>
  );
}
