import { ExactTime } from "#components/ui/exact-time";

const MOMENT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)/;

/** A sentence whose moments, written as `2025-01-15T10:30:00Z`, appear in the reader's local time. */
export function WithTimes({ children }: { children: string }) {
  const [before = "", at, ...after] = children.split(MOMENT);
  return (
    <>
      <span>{before}</span>
      {at && <ExactTime at={at} hasTime />}
      {after.length > 0 && <WithTimes>{after.join("")}</WithTimes>}
    </>
  );
}
