"use client";

import { useState } from "react";
import { AnswerButtons } from "#components/invitations/answer-buttons";
import { InvitationFacts } from "#components/invitations/invitation-facts";
import type { InvitationsText } from "#components/invitations/invitations-text";
import { buttonClass } from "#components/ui/button";
import { fill, type Messages } from "#lib/i18n/schema";
import type { ReceivedInvitation } from "#lib/invitations/schema";

type InvitationCardProps = {
  invitation: ReceivedInvitation;
  text: InvitationsText & Pick<Messages, "invitation">;
};

/** The invitation that a link leads to, for its addressee. */
export function InvitationCard({ invitation, text }: InvitationCardProps) {
  const [isDeclined, setIsDeclined] = useState(false);
  const words = text.invitation;
  const { name: organization } = invitation.organization;
  return (
    <>
      <div role="status">
        {isDeclined && (
          <>
            <h1 className="text-title font-semibold tracking-tight">{words.declinedTitle}</h1>
            <p className="mt-2 mb-6 wrap-anywhere text-muted">{fill(words.declinedLead, { organization })}</p>
            <a href="/settings" className={buttonClass()}>
              {words.toConsole}
            </a>
          </>
        )}
      </div>
      {!isDeclined && (
        <>
          <h1 className="text-title font-semibold tracking-tight wrap-anywhere">
            {fill(words.yoursTitle, { organization })}
          </h1>
          <p className="mt-2 mb-6 text-muted">{words.yoursLead}</p>
          <InvitationFacts invitation={invitation} text={text} />
          <div className="mt-6 flex">
            <AnswerButtons invitation={invitation} text={text} onDeclined={() => setIsDeclined(true)} />
          </div>
        </>
      )}
    </>
  );
}
