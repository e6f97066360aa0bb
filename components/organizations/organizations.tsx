"use client";

import { useState } from "react";
import { CreateOrganizationDialog } from "#components/organizations/create-organization-dialog";
import { LeaveDialog } from "#components/organizations/leave-dialog";
import type { OrganizationsText } from "#components/organizations/organizations-text";
import { Button, buttonClass } from "#components/ui/button";
import { fill } from "#lib/i18n/schema";
import type { Organization } from "#lib/organizations/schema";

type OrganizationsProps = {
  organizations: Organization[];
  /** Those that the user cannot leave, because nobody else owns them. */
  lastOwnedIds: string[];
  userId: string;
  text: OrganizationsText;
};

/** The user's organizations: what they are there, and the ways in, on and out. */
export function Organizations({ organizations, lastOwnedIds, userId, text }: OrganizationsProps) {
  const [isCreating, setIsCreating] = useState(false);
  const [leaving, setLeaving] = useState<Organization>();
  const words = text.organizations;
  return (
    <section aria-labelledby="organizations-title" className="rounded-card border border-line bg-surface">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 p-4 sm:px-6 sm:py-5">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id="organizations-title" className="text-head font-semibold">
            {words.title}
          </h2>
          <p className="text-muted">{words.lead}</p>
        </div>
        <Button look="primary" onClick={() => setIsCreating(true)} className="max-sm:w-full">
          {words.create}
        </Button>
      </div>
      <ul>
        {organizations.map((organization) => (
          <OrganizationRow
            key={organization.id}
            organization={organization}
            isMarked={organization.is_current && organizations.length > 1}
            isLastOwner={lastOwnedIds.includes(organization.id)}
            text={words}
            onLeave={() => setLeaving(organization)}
          />
        ))}
      </ul>
      {isCreating && <CreateOrganizationDialog text={text} onClose={() => setIsCreating(false)} />}
      {leaving && (
        <LeaveDialog organization={leaving} userId={userId} text={text} onClose={() => setLeaving(undefined)} />
      )}
    </section>
  );
}

type OrganizationRowProps = {
  organization: Organization;
  /** Whether the console shows this one of several. */
  isMarked: boolean;
  isLastOwner: boolean;
  text: OrganizationsText["organizations"];
  onLeave: () => void;
};

function OrganizationRow({ organization, isMarked, isLastOwner, text, onLeave }: OrganizationRowProps) {
  const { id, name, role, members_count: count } = organization;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line p-4 sm:px-6">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <bdi translate="no" className="font-medium wrap-anywhere">
            {name}
          </bdi>
          {isMarked && (
            <span className="rounded-full bg-good-soft px-2.5 py-0.5 text-small text-good">{text.current}</span>
          )}
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-5 text-small text-muted">
          <span>{text.roles[role]}</span>
          <span>{fill(text.membersCount, { count })}</span>
        </p>
        {isLastOwner && <p className="mt-0.5 max-w-prose text-small text-muted">{text.lastOwner}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        <a href={`/account/organizations/${id}`} aria-label={`${text.manage} ${name}`} className={buttonClass()}>
          {text.manage}
        </a>
        {count > 1 && !isLastOwner && (
          <Button look="quietDanger" aria-label={`${text.leave} ${name}`} onClick={onLeave}>
            {text.leave}
          </Button>
        )}
      </div>
    </li>
  );
}
