import type { OrganizationsText } from "#components/organizations/organizations-text";
import { Avatar } from "#components/ui/avatar";
import { Button } from "#components/ui/button";
import { ExactTime } from "#components/ui/exact-time";
import { fill } from "#lib/i18n/schema";
import type { Member } from "#lib/organizations/schema";

/** A member, and whether the reader may remove them. */
export type ShownMember = Member & { mayRemove: boolean };

type MemberRowProps = {
  member: ShownMember;
  isSelf: boolean;
  /** Whether there are other members. */
  isShared: boolean;
  /** Whether this is the reader, whom the organization cannot do without. */
  isLastOwner: boolean;
  mayAppoint: boolean;
  text: OrganizationsText["organizations"];
  onAppoint: () => void;
  onRemove: () => void;
  onLeave: () => void;
};

/** One member: who, as what, and what can be done about it. Each button's accessible name includes the person. */
export function MemberRow(props: MemberRowProps) {
  const { member, isSelf, isShared, isLastOwner, mayAppoint, text, onAppoint, onRemove, onLeave } = props;
  const name = member.name ?? member.email;
  const isReplaceable = isShared && !isLastOwner;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line p-4 sm:px-6">
      <div className="flex min-w-0 flex-1 basis-72 items-start gap-3">
        <Avatar name={name} picture={member.picture} />
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <bdi translate="no" className="font-medium wrap-anywhere">
              {name}
            </bdi>
            {isSelf && isShared && (
              <span className="rounded-full bg-good-soft px-2.5 py-0.5 text-small text-good">{text.you}</span>
            )}
          </p>
          {member.name && (
            <p translate="no" className="text-muted wrap-anywhere">
              {member.email}
            </p>
          )}
          <p className="mt-0.5 flex flex-wrap gap-x-5 text-small text-muted">
            <span>{fill(text.role, { role: text.roles[member.role] })}</span>
            <span>{fill(text.liveKeys, { count: member.live_keys })}</span>
            <span>
              <span className="mr-1">{text.since}</span>
              <ExactTime at={member.joined_at} />
            </span>
          </p>
          {isLastOwner && <p className="mt-0.5 max-w-prose text-small text-muted">{text.lastOwner}</p>}
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        {mayAppoint && isReplaceable && (
          <Button aria-label={`${text.changeRole} ${name}`} onClick={onAppoint}>
            {text.changeRole}
          </Button>
        )}
        {member.mayRemove && (
          <Button look="quietDanger" aria-label={`${text.remove} ${name}`} onClick={onRemove}>
            {text.remove}
          </Button>
        )}
        {isSelf && isReplaceable && (
          <Button look="quietDanger" onClick={onLeave}>
            {text.leave}
          </Button>
        )}
      </div>
    </li>
  );
}
