import type { InvitationsText } from "#components/invitations/invitations-text";
import { ExactTime } from "#components/ui/exact-time";
import type { ReceivedInvitation } from "#lib/invitations/schema";

/** As what one is invited, by whom, and until when one can answer. */
export function InvitationFacts({ invitation, text }: { invitation: ReceivedInvitation; text: InvitationsText }) {
  const { invitations: words, organizations } = text;
  const { role, invited_by: sender, expires_at: until } = invitation;
  return (
    <dl className="space-y-2 text-small">
      <div>
        <dt className="text-muted">{words.role}</dt>
        <dd>
          <span className="mr-1.5 font-medium">{organizations.roles[role]}</span>
          <span className="text-muted">{organizations.roleLeads[role]}</span>
        </dd>
      </div>
      <div>
        <dt className="text-muted">{words.by}</dt>
        <dd>
          {sender ? (
            <>
              {sender.name && (
                <bdi translate="no" className="mr-1.5 font-medium wrap-anywhere">
                  {sender.name}
                </bdi>
              )}
              <bdi translate="no" className="wrap-anywhere">
                {sender.email}
              </bdi>
            </>
          ) : (
            <span>{words.nobody}</span>
          )}
        </dd>
      </div>
      <div>
        <dt className="text-muted">{words.until}</dt>
        <dd>
          <ExactTime at={until} hasTime />
        </dd>
      </div>
    </dl>
  );
}
