"use client";

import { useState } from "react";
import { flushSync } from "react-dom";
import { AnswerButtons } from "#components/invitations/answer-buttons";
import { InvitationFacts } from "#components/invitations/invitation-facts";
import type { InvitationsText } from "#components/invitations/invitations-text";
import { holdFocus } from "#components/ui/hold-focus";
import { Toast } from "#components/ui/toast";
import { fill } from "#lib/i18n/schema";
import type { ReceivedInvitation } from "#lib/invitations/schema";

type ReceivedInvitationsProps = {
  email: string;
  /** Whether the reader belongs to no organization yet, so that the console waits for their answer. */
  isNew: boolean;
  initial: ReceivedInvitation[];
  text: InvitationsText;
};

/** The invitations that the reader can answer. */
export function ReceivedInvitations({ email, isNew, initial, text }: ReceivedInvitationsProps) {
  const [received, setReceived] = useState(initial);
  const [declined, setDeclined] = useState<string>();
  const { invitations } = text;

  const drop = (gone: ReceivedInvitation) => {
    const returnFocus = holdFocus();
    flushSync(() => setReceived((known) => known.filter(({ id }) => id !== gone.id)));
    returnFocus();
    setDeclined(gone.organization.name);
  };

  return (
    <section aria-labelledby="received" className="rounded-card border border-line bg-surface">
      <div className="p-4 sm:px-6 sm:py-5">
        <h2 id="received" tabIndex={-1} className="text-head font-semibold">
          {invitations.received}
        </h2>
        <p className="wrap-anywhere text-muted">{fill(invitations.receivedLead, { email })}</p>
        {received.length === 0 && <p className="mt-3">{invitations.receivedNone}</p>}
        {received.length > 0 && isNew && <p className="mt-3">{invitations.receivedFirst}</p>}
      </div>
      <ul>
        {received.map((invitation) => (
          <li key={invitation.id} className="border-t border-line p-4 sm:px-6 sm:py-5">
            <h3 dir="auto" translate="no" className="mb-2 font-medium wrap-anywhere">
              {invitation.organization.name}
            </h3>
            <InvitationFacts invitation={invitation} text={text} />
            <div className="mt-4 flex">
              <AnswerButtons invitation={invitation} text={text} onDeclined={() => drop(invitation)} />
            </div>
          </li>
        ))}
      </ul>
      <Toast
        message={
          declined === undefined
            ? undefined
            : { look: "good", content: fill(invitations.wasDeclined, { organization: declined }) }
        }
        dismissLabel={text.problem.dismiss}
        onDismiss={() => setDeclined(undefined)}
      />
    </section>
  );
}
