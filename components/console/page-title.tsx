/** The page's title and its purpose. */
export function PageTitle({ title, lead }: { title: string; lead: string }) {
  return (
    <div className="mb-8">
      <h1 className="text-title font-semibold tracking-tight">{title}</h1>
      <p className="mt-1 text-muted">{lead}</p>
    </div>
  );
}
