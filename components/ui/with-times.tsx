import { ExactTime } from "#components/ui/exact-time";

const MOMENT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)/;

/** A sentence in which moments stand as `2025-01-15T10:30:00Z`, which the reader is shown in their own time. */
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
