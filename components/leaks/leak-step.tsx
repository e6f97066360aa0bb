import type { Elements } from "#components/ui/elements";

type LeakStepProps = { number: number; title: string; children: Elements };

/** One step of the guide about a leak. */
export function LeakStep({ number, title, children }: LeakStepProps) {
  const id = `step-${number}`;
  return (
    <li className="rounded-card border border-line bg-surface p-4 sm:px-6 sm:py-5">
      <section aria-labelledby={id}>
        <h2 id={id} className="mb-2 flex items-baseline gap-3 text-head font-semibold">
          <span aria-hidden="true" className="text-muted tabular-nums">
            {number}
          </span>
          <span>{title}</span>
        </h2>
        {children}
      </section>
    </li>
  );
}
