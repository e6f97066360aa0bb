import { WithCode } from "#components/ui/code";

/** An unordered list. */
export function Points({ points }: { points: string[] }) {
  return (
    <ul className="list-disc space-y-1 pl-5">
      {points.map((point) => (
        <li key={point}>
          <WithCode>{point}</WithCode>
        </li>
      ))}
    </ul>
  );
}

/** Steps in order. */
export function Steps({ steps }: { steps: string[] }) {
  return (
    <ol className="list-decimal space-y-1 pl-5">
      {steps.map((step) => (
        <li key={step}>
          <WithCode>{step}</WithCode>
        </li>
      ))}
    </ol>
  );
}

/** Terms with their meanings, side by side where there is room. */
export function Facts({ facts }: { facts: string[][] }) {
  return (
    <dl className="divide-y divide-line rounded-card border border-line bg-surface">
      {facts.map(([name = "", meaning = ""]) => (
        <div key={name} className="gap-4 px-4 py-2.5 sm:flex">
          <dt className="font-medium sm:w-52 sm:shrink-0">
            <WithCode>{name}</WithCode>
          </dt>
          <dd className="min-w-0 text-muted">
            <WithCode>{meaning}</WithCode>
          </dd>
        </div>
      ))}
    </dl>
  );
}
