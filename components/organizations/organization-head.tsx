import { NameForm } from "#components/organizations/name-form";
import type { OrganizationsText } from "#components/organizations/organizations-text";
import type { Organization } from "#lib/organizations/schema";

type OrganizationHeadProps = { organization: Organization; mayRename: boolean; text: OrganizationsText };

/** The organization's name, with the way back to all of them. */
export function OrganizationHead({ organization, mayRename, text }: OrganizationHeadProps) {
  const { back, nameOf, roles } = text.organizations;
  return (
    <>
      <a
        href="/account/organizations"
        className="-mx-2 -mt-4 mb-2 inline-flex min-h-11 items-center rounded-control px-2 text-muted hover:bg-sunken hover:text-ink mouse:min-h-9"
      >
        <span aria-hidden="true" className="mr-1.5">
          ←
        </span>
        <span>{back}</span>
      </a>
      <section aria-label={nameOf} className="rounded-card border border-line bg-surface p-4 sm:px-6 sm:py-5">
        <h2 className="text-head font-semibold wrap-anywhere">
          <bdi translate="no">{organization.name}</bdi>
        </h2>
        <p className="text-muted">{roles[organization.role]}</p>
        {mayRename && (
          <div className="mt-4">
            <NameForm organization={organization} text={text} />
          </div>
        )}
      </section>
    </>
  );
}
