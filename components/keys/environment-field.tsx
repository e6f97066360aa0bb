import { RadioField } from "#components/ui/radio-field";
import type { Messages } from "#lib/i18n/schema";
import type { Environment } from "#lib/keys/schema";

const CHOICES = ["none", "dev", "staging", "prod"] as const;

type EnvironmentFieldProps = {
  value: Environment | undefined;
  text: Messages["generateKey"];
  onChange: (environment: Environment | undefined) => void;
};

/** The environment of the key, which its prefix shows. */
export function EnvironmentField({ value, text, onChange }: EnvironmentFieldProps) {
  const [before, after] = text.startsWith.split("{prefix}");
  return (
    <div className="mt-5">
      <RadioField
        legend={text.environment}
        choices={CHOICES.map((choice) => ({
          value: choice,
          label: choice === "none" ? text.noEnvironment : text[choice],
        }))}
        value={value ?? "none"}
        onChange={(choice) => onChange(choice === "none" ? undefined : choice)}
      />
      <p className="mt-1.5 text-small text-muted">
        <span>{before}</span>
        <code translate="no" className="font-mono text-ink">{`boring_${value ? `${value}_` : ""}`}</code>
        <span>{after}</span>
      </p>
    </div>
  );
}
