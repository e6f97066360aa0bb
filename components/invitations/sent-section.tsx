import type { InvitationsText } from "#components/invitations/invitations-text";
import { SentInvitations } from "#components/invitations/sent-invitations";
import { Pages } from "#components/ui/pages";
import { LinkRow } from "#components/usage/link-row";
import { fill } from "#lib/i18n/schema";
import type { Invitation } from "#lib/invitations/schema";
import type { Organization, Role } from "#lib/organizations/schema";

type SentSectionProps = {
  organization: Organization;
  choices: Organization[];
  roles: Role[];
  count: number;
  invitations: Invitation[];
  page: number;
  pageSize: number;
  text: InvitationsText;
};

/** The invitations of one organization. Whoever may send them for several can choose which. */
export function SentSection({ organization, choices, text, ...rest }: SentSectionProps) {
  const { roles, invitations, page, pageSize, count } = rest;
  const words = text.invitations;
  const { id, name } = organization;
  const isOther = choices.some((choice) => choice.id !== id);
  const toHref = (choice: string) => `/account/invitations?organization=${choice}`;
  return (
    <section aria-labelledby="sent" className="mt-8 rounded-card border border-line bg-surface">
      <div className="p-4 sm:px-6 sm:pt-5">
        <h2 id="sent" tabIndex={-1} className="text-head font-semibold">
          {words.sent}
        </h2>
        <p className="wrap-anywhere text-muted">
          {fill(roles.length > 0 ? words.sentLead : words.notAllowed, { organization: name })}
        </p>
        {isOther && (
          <div className="mt-3">
            <LinkRow
              label={words.choose}
              links={choices.map((choice) => ({
                name: choice.name,
                href: toHref(choice.id),
                isCurrent: choice.id === id,
              }))}
            />
          </div>
        )}
      </div>
      {roles.length > 0 && (
        <SentInvitations key={`${id} ${page}`} organizationId={id} roles={roles} initial={invitations} text={text} />
      )}
      <Pages
        {...{ page, pageSize, count }}
        toHref={(to) => `${toHref(id)}${to > 1 ? `&page=${to}` : ""}#sent`}
        text={words}
      />
    </section>
  );
}
