import type { Elements } from "#components/ui/elements";
import { fill, type Messages } from "#lib/i18n/schema";

type DocSectionProps = { id: string; title: string; text: Messages["docs"]; children: Elements };

/** One section with its own address. */
export function DocSection({ id, title, text, children }: DocSectionProps) {
  return (
    <section aria-labelledby={id} className="mt-10 max-w-2xl space-y-4">
      <h2 id={id} className="group scroll-mt-20 text-head font-semibold">
        <span>{title}</span>
        <a
          href={`#${id}`}
          aria-label={fill(text.linkTo, { title })}
          className="-my-2.5 ml-1 inline-flex size-11 items-center justify-center rounded-control align-middle text-muted hover:text-ink mouse:size-8 mouse:opacity-0 mouse:group-hover:opacity-100 mouse:focus-visible:opacity-100"
        >
          #
        </a>
      </h2>
      {children}
    </section>
  );
}
