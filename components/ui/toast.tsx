"use client";

import { type ReactNode, useEffect, useEffectEvent } from "react";
import { CheckIcon, CloseIcon, WarningIcon } from "#components/ui/icons";

const SHOWN_MILLISECONDS = 6000;

export type ToastMessage = { look: "good" | "bad"; content: ReactNode };

type ToastProps = { message: ToastMessage | undefined; dismissLabel: string; onDismiss: () => void };

/**
 * Announces a result politely. A problem stays until it is dismissed. Always mounted, because a new live region would stay
 * silent.
 */
export function Toast({ message, dismissLabel, onDismiss }: ToastProps) {
  const dismiss = useEffectEvent(onDismiss);
  useEffect(() => {
    if (message?.look !== "good") return;
    const timer = setTimeout(() => dismiss(), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [message]);

  const Icon = message?.look === "good" ? CheckIcon : WarningIcon;
  return (
    <div className="pointer-events-none fixed inset-x-4 bottom-4 z-20 flex justify-center">
      <div role="status" className="contents">
        {message && (
          <div className="pointer-events-auto flex max-w-lg items-start gap-3 rounded-card bg-ink py-2.5 pr-2 pl-4 text-inverse shadow-raised">
            <Icon className="mt-1 size-4" />
            <div className="min-w-0 py-px wrap-anywhere">{message.content}</div>
            <button
              type="button"
              aria-label={dismissLabel}
              onClick={onDismiss}
              className="-my-2 grid size-11 shrink-0 place-items-center rounded-control mouse:-my-1 mouse:size-8"
            >
              <CloseIcon />
            </button>
          </div>
        )}
      </div>
    </div>
  );
}
