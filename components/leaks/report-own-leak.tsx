import { LeakButton } from "#components/leaks/leak-button";
import type { Messages } from "#lib/i18n/schema";

type ReportOwnLeakProps = { keyId: string; text: Pick<Messages, "leak" | "problem"> };

/** For a key without a known leak: when to report one, and what the report does. */
export function ReportOwnLeak({ keyId, text: { leak, problem } }: ReportOwnLeakProps) {
  return (
    <section aria-labelledby="leak" className="rounded-card border border-line bg-surface p-4 sm:px-6 sm:py-5">
      <h2 id="leak" className="text-head font-semibold">
        {leak.title}
      </h2>
      <p className="mt-1 text-muted">{leak.lead}</p>
      <h3 className="mt-5 font-medium">{leak.consequences}</h3>
      <ul className="mt-2 mb-6 list-disc space-y-1 pl-5">
        {leak.consequence.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <LeakButton path={`/api/keys/${keyId}/leak`} label={leak.report} look="danger" text={{ problem }} />
    </section>
  );
}
