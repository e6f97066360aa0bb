import { buttonClass } from "#components/ui/button";
import type { Messages } from "#lib/i18n/schema";

/** The content of a page that does not exist, or not for this reader. */
export function NothingHere({ text }: { text: Pick<Messages, "notFound" | "product"> }) {
  return (
    <div className="mx-auto max-w-md py-16 text-center">
      <title>{`${text.notFound.title} · ${text.product.name}`}</title>
      <h1 className="text-title font-semibold tracking-tight">{text.notFound.title}</h1>
      <p className="mt-2 mb-6 text-muted">{text.notFound.lead}</p>
      <a href="/" className={buttonClass("primary")}>
        {text.notFound.home}
      </a>
    </div>
  );
}
