"use client";

import { useRef, useState } from "react";
import { InvitationStatus } from "#components/invitations/invitation-status";
import type { InvitationsText } from "#components/invitations/invitations-text";
import { Button } from "#components/ui/button";
import { CopyButton } from "#components/ui/copy-button";
import { ExactTime } from "#components/ui/exact-time";
import type { Invitation } from "#lib/invitations/schema";

type SentInvitationProps = {
  invitation: Invitation;
  mayChange: boolean;
  text: InvitationsText;
  onChange: (what: "renew" | "revoke") => Promise<void>;
};

/** One invitation with its status, and with its link while it can be accepted. */
export function SentInvitation({ invitation, mayChange, text, onChange }: SentInvitationProps) {
  const { email, role, status, invited_by: sender, expires_at: expiresAt, settled_at: settledAt, mail } = invitation;
  const words = text.invitations;
  const isPending = status === "pending";
  return (
    <li className="space-y-3 border-t border-line p-4 sm:px-6">
      <div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <bdi translate="no" className="font-medium wrap-anywhere">
            {email}
          </bdi>
          <InvitationStatus status={status} text={words} />
        </div>
        <div className="mt-1 flex flex-wrap gap-x-5 text-small text-muted">
          <span>{text.organizations.roles[role]}</span>
          <span>
            <span className="mr-1">{words.by}</span>
            <bdi className="wrap-anywhere">{sender ? (sender.name ?? sender.email) : words.nobody}</bdi>
          </span>
          <span>
            <span className="mr-1">{settledAt ? words.ended : words.until}</span>
            <ExactTime at={settledAt ?? expiresAt} hasTime />
          </span>
        </div>
        {isPending && mail?.failed && <p className="mt-1 text-small text-warn">{words.mailFailed}</p>}
        {isPending && mail?.sent_at && (
          <p className="mt-1 text-small text-muted">
            <span className="mr-1">{words.mailSent}</span>
            <ExactTime at={mail.sent_at} hasTime />
          </p>
        )}
      </div>
      {(isPending || status === "expired") && (
        <OpenActions invitation={invitation} mayChange={mayChange} text={text} onChange={onChange} />
      )}
    </li>
  );
}

function OpenActions({ invitation, mayChange, text, onChange }: SentInvitationProps) {
  const [isBusy, setIsBusy] = useState(false);
  const link = useRef<HTMLElement>(null);
  const { email, status, url } = invitation;
  const { copyLink, renew, revoke } = text.invitations;

  const change = async (what: "renew" | "revoke") => {
    setIsBusy(true);
    await onChange(what);
    setIsBusy(false);
  };

  return (
    <>
      {status === "pending" && (
        <code
          ref={link}
          translate="no"
          className="block rounded-control bg-sunken px-3 py-2 font-mono text-small wrap-anywhere"
        >
          {url}
        </code>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {status === "pending" && <CopyButton label={copyLink} value={url} source={link} text={text.copy} />}
        {mayChange && (
          <>
            <Button aria-label={`${renew} ${email}`} isBusy={isBusy} onClick={() => void change("renew")}>
              {renew}
            </Button>
            <Button
              look="quietDanger"
              aria-label={`${revoke} ${email}`}
              isBusy={isBusy}
              onClick={() => void change("revoke")}
            >
              {revoke}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
