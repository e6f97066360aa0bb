"use client";

import { useFailureText } from "#components/console/failure-text";
import { fill } from "#lib/i18n/schema";

// The shared button is not imported, because every page loads this file in advance.
const LINK = "rounded-control px-4 py-2.5 font-medium";

export default function ErrorPage({ error: { digest }, error }: { error: Error & { digest?: string } }) {
  const text = useFailureText();
  if (!text) throw error;
  return (
    <main className="mx-auto max-w-md px-4 py-24 text-center">
      <title>{`${text.title} · Boring Console`}</title>
      <h1 className="text-title font-semibold tracking-tight">{text.title}</h1>
      <p className="mt-2 text-muted">{digest ? text.lead : text.leadWithoutReference}</p>
      {digest && (
        <p translate="no" className="mt-4 font-mono text-small text-muted">
          {fill(text.reference, { digest })}
        </p>
      )}
      <div className="mt-6 flex flex-wrap justify-center gap-2">
        <button type="button" onClick={() => location.reload()} className={`${LINK} bg-ink text-inverse`}>
          {text.retry}
        </button>
        <a href="/" className={`${LINK} border border-edge`}>
          {text.home}
        </a>
      </div>
    </main>
  );
}
