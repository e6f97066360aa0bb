import type { Messages } from "#lib/i18n/schema";
import type { Environment } from "#lib/keys/schema";

const CHOICES = [undefined, "dev", "staging", "prod"] as const;

type EnvironmentFieldProps = {
  value: Environment | undefined;
  text: Messages["generateKey"];
  onChange: (environment: Environment | undefined) => void;
};

/** Which environment the key is for, told by its first characters. */
export function EnvironmentField({ value, text, onChange }: EnvironmentFieldProps) {
  const [before, after] = text.startsWith.split("{prefix}");
  return (
    <fieldset className="mt-5">
      <legend className="font-medium">{text.environment}</legend>
      <div className="mt-1.5 grid grid-cols-2 gap-1 rounded-control bg-sunken p-1 sm:grid-cols-4">
        {CHOICES.map((choice) => (
          <label
            key={choice ?? "none"}
            className="flex min-h-11 items-center justify-center rounded-[0.375rem] px-2 text-center text-small text-muted has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--color-edge)] has-focus-visible:outline-2 has-focus-visible:outline-accent mouse:min-h-8"
          >
            <input
              type="radio"
              name="environment"
              checked={choice === value}
              onChange={() => onChange(choice)}
              className="sr-only"
            />
            {choice ? text[choice] : text.noEnvironment}
          </label>
        ))}
      </div>
      <p className="mt-1.5 text-small text-muted">
        {before}
        <code className="font-mono text-ink">boring_{value ? `${value}_` : ""}</code>
        {after}
      </p>
    </fieldset>
  );
}
