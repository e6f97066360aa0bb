type TabLinksProps = { label: string; current: string; tabs: { href: string; name: string }[] };

/** Tabs as links, so that each page has its own address. */
export function TabLinks({ label, current, tabs }: TabLinksProps) {
  return (
    <nav aria-label={label} className="mb-8 flex flex-wrap gap-x-6 border-b border-line">
      {tabs.map(({ href, name }) => (
        <a
          key={href}
          href={href}
          aria-current={href === current ? "page" : undefined}
          className="-mb-px flex min-h-11 items-center border-b-2 border-transparent text-muted hover:text-ink aria-[current=page]:border-ink aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          {name}
        </a>
      ))}
    </nav>
  );
}
