import type { ReactNode } from "react";
import { Code, WithCode } from "#components/ui/code";
import { Disclosure } from "#components/ui/disclosure";
import type { Messages } from "#lib/i18n/schema";

const REFUSAL = `{
  "error": "Unauthorized",
  "message": "Invalid or missing API key"
}`;

const ENVIRONMENTS = `# Development
BORING_API_KEY=boring_dev_xxxxxxxxxxxxx

# Staging
BORING_API_KEY=boring_staging_xxxxxxxxxxxxx

# Production
BORING_API_KEY=boring_prod_xxxxxxxxxxxxx`;

/** How to keep keys safe, and what to do when one is not. Folded up until it is wanted. */
export function KeyGuide({ text }: { text: Messages["guide"] }) {
  return (
    <section aria-labelledby="guide" className="mt-10">
      <h2 id="guide" className="mb-3 text-head font-semibold">
        {text.title}
      </h2>
      <div className="divide-y divide-line rounded-card border border-line bg-surface">
        <Disclosure title={text.environmentTitle}>
          <p>{text.environmentLead}</p>
          <Labelled label={text.right}>{'import os\n\nAPI_KEY = os.environ.get("BORING_API_KEY")'}</Labelled>
          <Labelled label={text.wrong}>{'API_KEY = "boring_abc123..."'}</Labelled>
        </Disclosure>
        <Disclosure title={text.ignoreTitle}>
          <p>
            <WithCode>{text.ignoreLead}</WithCode>
          </p>
          <Code>{"# .gitignore\n.env\n.env.local\n*.env"}</Code>
        </Disclosure>
        <Disclosure title={text.rotateTitle}>
          <Points points={text.rotate} />
        </Disclosure>
        <Disclosure title={text.separateTitle}>
          <p>{text.separateLead}</p>
          <Code>{ENVIRONMENTS}</Code>
          <Purposes text={text} />
        </Disclosure>
        <Disclosure title={text.watchTitle}>
          <Points points={text.watch} />
        </Disclosure>
        <Disclosure title={text.lastUsedTitle}>
          <Points points={text.lastUsed} />
        </Disclosure>
        <Disclosure title={text.leakTitle}>
          <ol className="list-decimal space-y-1 pl-5">
            {text.leak.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Disclosure>
        <Disclosure title={text.troubleTitle}>
          <p>
            <WithCode>{text.troubleLead}</WithCode>
          </p>
          <Code>{REFUSAL}</Code>
          <Points points={text.trouble} />
        </Disclosure>
      </div>
    </section>
  );
}

function Points({ points }: { points: string[] }) {
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

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <p className="mb-1 text-small text-muted">{label}</p>
      <Code>{children}</Code>
    </div>
  );
}

function Purposes({ text }: { text: Messages["guide"] }) {
  return (
    <table className="w-full text-left">
      <thead className="text-small text-muted">
        <tr>
          <th scope="col" className="py-1.5 pr-4 font-normal">
            {text.purpose}
          </th>
          <th scope="col" className="py-1.5 font-normal">
            {text.suggestedName}
          </th>
        </tr>
      </thead>
      <tbody>
        {text.purposes.map(([purpose, name]) => (
          <tr key={name} className="border-t border-line">
            <td className="py-1.5 pr-4">{purpose}</td>
            <td className="py-1.5">{name}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
