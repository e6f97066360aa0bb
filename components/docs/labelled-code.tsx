import { Code } from "#components/ui/code";

/** Code under a label. */
export function LabelledCode({ label, children }: { label: string; children: string }) {
  return (
    <div>
      <p className="mb-1 text-small text-muted">{label}</p>
      <Code>{children}</Code>
    </div>
  );
}
