"use client";

import {
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
} from "react";
import { holdFocus } from "#components/ui/hold-focus";
import { CloseIcon } from "#components/ui/icons";

type DialogProps = {
  /** When the title changes, it receives the focus, because it then is a different dialog. */
  title: string;
  closeLabel: string;
  /** Escape, a click outside, the close button or the system's back gesture. The owner decides whether to close. */
  onDismiss: () => void;
  /** Id of the sentence that screen readers announce when the dialog opens. */
  describedBy?: string;
  isWide?: boolean;
  children: ReactNode;
};

/**
 * A dialog that is modal while mounted. The browser makes the page behind it inert and traps the focus. On closing, the
 * focus returns to where it was, or as near as possible. The element with `data-autofocus` is focused first, or else the
 * title.
 */
export function Dialog({ title, closeLabel, onDismiss, describedBy, isWide = false, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useShownAsModal(ref, title);
  useDismissOnEscape(ref, onDismiss);
  const outside = useDismissOutside(ref, onDismiss);

  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      aria-describedby={describedBy}
      {...{ closedby: "none" }}
      onCancel={(event) => {
        event.preventDefault();
        onDismiss();
      }}
      onClose={() => {
        // After one prevented close, browsers force the second. This dialog closes only when its owner unmounts it.
        if (!ref.current?.isConnected || ref.current.open) return;
        ref.current.showModal();
        onDismiss();
      }}
      {...outside}
      className={`m-auto max-h-[calc(100dvh-1rem)] w-[calc(100%-1rem)] ${isWide ? "max-w-2xl" : "max-w-lg"} overflow-y-auto overscroll-contain rounded-card bg-surface text-ink shadow-raised`}
    >
      <div className="flex items-start justify-between gap-4 px-5 pt-3 sm:px-6 sm:pt-4">
        <h2 id={titleId} tabIndex={-1} className="min-w-0 pt-2.5 text-head font-semibold mouse:pt-1.5">
          {title}
        </h2>
        <button
          type="button"
          aria-label={closeLabel}
          onClick={onDismiss}
          className="-mr-2.5 grid size-11 shrink-0 place-items-center rounded-control text-muted hover:bg-sunken hover:text-ink mouse:size-9"
        >
          <CloseIcon />
        </button>
      </div>
      <div className="px-5 pt-2 pb-5 sm:px-6 sm:pb-6">{children}</div>
    </dialog>
  );
}

function useShownAsModal(ref: RefObject<HTMLDialogElement | null>, title: string) {
  const shownTitle = useRef<string>(undefined);
  // Closed before it is unmounted, because only a closing dialog returns the focus.
  useLayoutEffect(() => {
    const dialog = ref.current;
    const returnFocus = holdFocus();
    dialog?.showModal();
    const first = dialog?.querySelector<HTMLElement>("[data-autofocus]") ?? dialog?.querySelector("h2");
    first?.focus();
    // The user continues at the end of the existing text.
    if (first instanceof HTMLTextAreaElement) first.setSelectionRange(first.value.length, first.value.length);
    return () => {
      dialog?.close();
      // An outer dialog may be about to close with this one.
      queueMicrotask(returnFocus);
    };
  }, [ref]);
  useEffect(() => {
    if (shownTitle.current !== undefined && shownTitle.current !== title) {
      ref.current?.querySelector("h2")?.focus();
      ref.current?.scrollTo(0, 0);
    }
    shownTitle.current = title;
  }, [ref, title]);
}

function useDismissOnEscape(ref: RefObject<HTMLDialogElement | null>, onDismiss: () => void) {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing) return;
    if ([...document.querySelectorAll("dialog[open]")].at(-1) !== ref.current) return;
    event.preventDefault();
    onDismiss();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

// Both press and release must be outside: selecting text from inside to outside must not close the dialog.
function useDismissOutside(ref: RefObject<HTMLDialogElement | null>, onDismiss: () => void) {
  const wasPressed = useRef(false);
  const isOutside = ({ target, clientX, clientY }: MouseEvent) => {
    const box = ref.current?.getBoundingClientRect();
    if (!box || target !== ref.current) return false;
    return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
  };
  return {
    onMouseDown: (event: MouseEvent) => {
      wasPressed.current = isOutside(event);
    },
    onMouseUp: (event: MouseEvent) => {
      if (wasPressed.current && isOutside(event)) onDismiss();
      wasPressed.current = false;
    },
  };
}
