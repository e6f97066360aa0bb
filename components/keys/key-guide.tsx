import { ChevronIcon } from "#components/ui/icons";
import type { Messages } from "#lib/i18n/schema";

/** Links to advice: how to keep keys safe, and what to do about a leaked one. */
export function KeyGuide({ text }: { text: Pick<Messages, "guide" | "docs" | "samples"> }) {
  const { overview, requests, errors, safety, leaks } = text.docs;
  const hints = [
    { href: "/docs/requests#samples", title: text.samples.title },
    { href: "/docs/safety#environment", title: safety.environment },
    { href: "/docs/safety#ignore", title: safety.ignore },
    { href: "/docs/safety#rotate", title: safety.rotate },
    { href: "/docs/safety#separate", title: safety.separate },
    { href: "/docs/requests#limits", title: requests.limits },
    { href: "/docs#last-used", title: overview.lastUsed },
    { href: "/docs/leaks", title: leaks.title },
    { href: "/docs/errors#trouble", title: errors.trouble },
  ];
  return (
    <section aria-labelledby="guide" className="mt-10">
      <h2 id="guide" className="text-head font-semibold">
        {text.guide.title}
      </h2>
      <p className="mb-3 text-muted">{text.guide.lead}</p>
      <ul className="grid gap-px overflow-hidden rounded-card border border-line bg-line sm:grid-cols-2">
        {hints.map(({ href, title }) => (
          <li key={href} className="bg-surface sm:last:odd:col-span-2">
            <a
              href={href}
              className="flex min-h-12 items-center justify-between gap-4 px-4 py-2 hover:bg-sunken sm:px-6"
            >
              <span>{title}</span>
              <ChevronIcon className="size-4 -rotate-90 text-muted" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
