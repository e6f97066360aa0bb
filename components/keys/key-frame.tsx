import { TabLinks } from "#components/console/tab-links";
import { KeyStatus } from "#components/keys/key-status";
import type { Elements } from "#components/ui/elements";
import type { Messages } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";

type KeyFrameProps = {
  apiKey: ApiKey;
  current: "" | "/usage" | "/leak";
  text: Pick<Messages, "keyPage" | "keys">;
  children: Elements;
};

/** Name, status and tabs of a key's pages. */
export function KeyFrame({ apiKey, current, text, children }: KeyFrameProps) {
  const home = `/settings/keys/${apiKey.id}`;
  const tabs = [
    { href: home, name: text.keyPage.overview },
    { href: `${home}/usage`, name: text.keyPage.usage },
    { href: `${home}/leak`, name: text.keyPage.leak },
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
        <span>{text.keyPage.back}</span>
      </a>
      <div className="mb-6">
        <h1 className="text-title font-semibold tracking-tight wrap-anywhere">
          <bdi translate="no">{apiKey.name}</bdi>
        </h1>
        <p className="mt-1 flex flex-wrap items-center gap-x-4 text-muted">
          <code translate="no" className="font-mono text-small">
            {apiKey.key_preview}
          </code>
          <KeyStatus status={apiKey.status} text={text.keys} />
        </p>
      </div>
      <TabLinks label={text.keyPage.tabs} current={home + current} tabs={tabs} />
      {children}
    </>
  );
}
