/** The classes of inputs. */
export const INPUT =
  "block min-h-11 rounded-control border border-edge bg-surface px-3 text-input placeholder:text-muted aria-invalid:border-bad mouse:min-h-9";
