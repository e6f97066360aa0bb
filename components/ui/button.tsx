import type { ComponentProps } from "react";

const LOOKS = {
  primary: "border-transparent bg-ink text-inverse hover:bg-ink/85",
  plain: "border-edge/60 bg-surface text-ink hover:bg-sunken",
  quiet: "border-transparent text-ink hover:bg-sunken",
  danger: "border-transparent bg-bad text-inverse hover:bg-bad/85",
  quietDanger: "border-transparent text-bad hover:bg-bad-soft",
} as const;

const SHAPE =
  "inline-flex min-h-11 items-center justify-center gap-2 rounded-control border px-3.5 py-1.5 text-body font-medium mouse:min-h-9";

/** The classes of a button, for links that look like one. */
export const buttonClass = (look: keyof typeof LOOKS = "plain"): string => `${SHAPE} ${LOOKS[look]}`;

type ButtonProps = ComponentProps<"button"> & { look?: keyof typeof LOOKS; isBusy?: boolean };

/** A button that stays focusable while it is busy, but ignores clicks. */
export function Button({ look, isBusy = false, className = "", onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-disabled={isBusy}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      className={`${buttonClass(look)} ${className}`}
      {...rest}
    />
  );
}
