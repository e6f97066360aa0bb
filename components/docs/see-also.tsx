/** A link to another section. */
export function SeeAlso({ href, children }: { href: string; children: string }) {
  return (
    <p>
      <a
        href={href}
        className="inline-flex min-h-11 items-center text-accent underline underline-offset-4 mouse:min-h-0"
      >
        {children}
      </a>
    </p>
  );
}
