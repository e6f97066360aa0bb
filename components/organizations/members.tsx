"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { LeaveDialog } from "#components/organizations/leave-dialog";
import { MemberRow, type ShownMember } from "#components/organizations/member-row";
import type { OrganizationsText } from "#components/organizations/organizations-text";
import { RemoveMemberDialog } from "#components/organizations/remove-member-dialog";
import { RoleDialog } from "#components/organizations/role-dialog";
import { buttonClass } from "#components/ui/button";
import { Toast, type ToastMessage } from "#components/ui/toast";
import type { Organization } from "#lib/organizations/schema";

type Open = { dialog: "role" | "remove"; member: ShownMember } | { dialog: "leave" };

type MembersProps = {
  organization: Organization;
  members: ShownMember[];
  userId: string;
  mayInvite: boolean;
  mayAppoint: boolean;
  text: OrganizationsText;
};

/** The organization's members with all actions that the reader may use. */
export function Members({ organization, members, userId, mayInvite, mayAppoint, text }: MembersProps) {
  const router = useRouter();
  const [open, setOpen] = useState<Open>();
  const [toast, setToast] = useState<ToastMessage>();
  const words = text.organizations;
  const owners = members.filter(({ role }) => role === "owner");
  const isLastOwner = members.length > 1 && owners.length === 1 && owners[0]?.id === userId;
  const close = () => setOpen(undefined);
  const finish = (content: string) => {
    close();
    setToast({ look: "good", content });
    router.refresh();
  };
  return (
    <section aria-labelledby="members" className="mt-4 rounded-card border border-line bg-surface">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 p-4 sm:px-6 sm:py-5">
        <h2 id="members" className="min-w-0 flex-1 basis-64 text-head font-semibold">
          {words.members}
        </h2>
        {mayInvite && (
          <a
            href={`/account/invitations?organization=${organization.id}`}
            className={`${buttonClass("primary")} max-sm:w-full`}
          >
            {words.invite}
          </a>
        )}
      </div>
      <ul>
        {members.map((member) => (
          <MemberRow
            key={member.id}
            member={member}
            isSelf={member.id === userId}
            isShared={members.length > 1}
            isLastOwner={isLastOwner && member.id === userId}
            mayAppoint={mayAppoint}
            text={words}
            onAppoint={() => setOpen({ dialog: "role", member })}
            onRemove={() => setOpen({ dialog: "remove", member })}
            onLeave={() => setOpen({ dialog: "leave" })}
          />
        ))}
      </ul>
      {open?.dialog === "leave" && <LeaveDialog {...{ organization, userId, text }} onClose={close} />}
      {open?.dialog === "role" && (
        <RoleDialog {...{ organization, text }} member={open.member} onDone={finish} onClose={close} />
      )}
      {open?.dialog === "remove" && (
        <RemoveMemberDialog {...{ organization, text }} member={open.member} onDone={finish} onClose={close} />
      )}
      <Toast message={toast} dismissLabel={text.problem.dismiss} onDismiss={() => setToast(undefined)} />
    </section>
  );
}
