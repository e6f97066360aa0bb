import type { InvitationsText } from "#components/invitations/invitations-text";
import { ExactTime } from "#components/ui/exact-time";
import type { ReceivedInvitation } from "#lib/invitations/schema";

/** As what one is invited, by whom, and until when one can answer. */
export function InvitationFacts({
  invitation,
  text,
}: {
  invitation: ReceivedInvitation;
  text: InvitationsText["invitations"];
}) {
  const { role, invited_by: sender, expires_at: until } = invitation;
  return (
    <dl className="space-y-2 text-small">
      <div>
        <dt className="text-muted">{text.role}</dt>
        <dd>
          <span className="mr-1.5 font-medium">{text.roles[role]}</span>
          <span className="text-muted">{text.mayDo[role]}</span>
        </dd>
      </div>
      <div>
        <dt className="text-muted">{text.by}</dt>
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
            <span>{text.nobody}</span>
          )}
        </dd>
      </div>
      <div>
        <dt className="text-muted">{text.until}</dt>
        <dd>
          <ExactTime at={until} hasTime />
        </dd>
      </div>
    </dl>
  );
}
