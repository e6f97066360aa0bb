import type { ReactNode } from "react";
import { KeyStatus } from "#components/keys/key-status";
import type { Messages } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

type KeyFrameProps = {
  apiKey: ApiKey;
  current: "" | "/usage" | "/leak";
  text: Pick<Messages, "keyPage" | "keys">;
  children: ReactNode;
};

/** Name, state and tabs of one key's pages. The tabs are links, so each page has an address of its own. */
export function KeyFrame({ apiKey, current, text, children }: KeyFrameProps) {
  const tabs = [
    { path: "", name: text.keyPage.overview },
    { path: "/usage", name: text.keyPage.usage },
    { path: "/leak", name: text.keyPage.leak },
  ];
  return (
    <>
      <a
        href="/settings"
        className="-mx-2 mb-2 inline-flex min-h-11 items-center rounded-control px-2 text-muted hover:bg-sunken hover:text-ink mouse:min-h-9"
      >
        <span aria-hidden="true" className="mr-1.5">
          ←
        </span>
        {text.keyPage.back}
      </a>
      <div className="mb-6">
        <h1 className="text-title font-semibold tracking-tight wrap-anywhere">{apiKey.name}</h1>
        <p className="mt-1 flex flex-wrap items-center gap-x-4 text-muted">
          <code className="font-mono text-small">{apiKey.key_preview}</code>
          <KeyStatus status={apiKey.status} text={text.keys} />
        </p>
      </div>
      <nav aria-label={text.keyPage.tabs} className="mb-8 flex flex-wrap gap-x-6 border-b border-line">
        {tabs.map(({ path, name }) => (
          <a
            key={path}
            href={`/settings/keys/${apiKey.id}${path}`}
            aria-current={path === current ? "page" : undefined}
            className="-mb-px flex min-h-11 items-center border-b-2 border-transparent text-muted hover:text-ink aria-[current=page]:border-ink aria-[current=page]:font-medium aria-[current=page]:text-ink"
          >
            {name}
          </a>
        ))}
      </nav>
      {children}
    </>
  );
}
