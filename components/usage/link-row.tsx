type LinkRowProps = { label: string; links: { name: string; href: string; isCurrent: boolean }[] };

/** A choice that the address holds: one link for each value. */
export function LinkRow({ label, links }: LinkRowProps) {
  return (
    <nav aria-label={label} className="-mx-1 flex flex-wrap gap-1 px-1">
      {links.map(({ name, href, isCurrent }) => (
        <a
          key={href}
          href={href}
          aria-current={isCurrent ? "true" : undefined}
          className="flex min-h-11 items-center rounded-control px-3 text-small font-medium text-muted hover:text-ink aria-[current=true]:bg-sunken aria-[current=true]:text-ink mouse:min-h-8"
        >
          {name}
        </a>
      ))}
    </nav>
  );
}
