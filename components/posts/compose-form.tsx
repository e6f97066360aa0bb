"use client";

import { type SubmitEvent, useRef } from "react";
import { flushSync } from "react-dom";
import { AccountField } from "#components/posts/account-field";
import { createPart, type Draft, type PartDraft } from "#components/posts/draft";
import type { Fault } from "#components/posts/find-fault";
import { PartField } from "#components/posts/part-field";
import type { PostsText } from "#components/posts/posts-text";
import { WhenField } from "#components/posts/when-field";
import { Button } from "#components/ui/button";
import { Notice } from "#components/ui/notice";
import type { Account } from "#lib/accounts/schema";

type ComposeFormProps = {
  draft: Draft;
  fault: Fault | undefined;
  accounts: Account[];
  /** The networks' display names. */
  labels: Record<string, string>;
  isBusy: boolean;
  text: PostsText;
  /** Present for a restored draft: discards it and starts a new one. */
  onRestart: (() => void) | undefined;
  onChange: (draft: Draft) => void;
  onSubmit: () => void;
  onCancel: () => void;
};

/** Asks for the content, account and time of a post, within the limits of the account's network. */
export function ComposeForm(props: ComposeFormProps) {
  const { draft, fault, accounts, labels, isBusy, text, onRestart, onChange, onSubmit, onCancel } = props;
  const form = useRef<HTMLFormElement>(null);
  const words = text.compose;
  const capabilities = accounts.find(({ account_id: id }) => id === draft.accountId)?.capabilities;
  const faultAt = (place: string) => (fault?.place === place ? fault.sentence : undefined);

  // A new part takes the focus. After a removal, the focus moves to a control that remains.
  const setParts = (parts: PartDraft[], focus?: string) => {
    flushSync(() => onChange({ ...draft, parts }));
    if (focus) form.current?.querySelector<HTMLElement>(focus)?.focus();
  };
  const addPart = () => {
    const part = createPart();
    setParts([...draft.parts, part], `[data-part="${part.id}"] textarea`);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isBusy) onSubmit();
  };

  return (
    <form ref={form} onSubmit={submit} noValidate className="space-y-5">
      {onRestart && (
        <p className="flex flex-wrap items-center gap-x-2 rounded-control bg-sunken px-3.5 py-1">
          <span className="mr-auto py-1.5">{words.restored}</span>
          <Button look="quietDanger" onClick={onRestart} className="-mx-3.5">
            {words.restart}
          </Button>
        </p>
      )}
      <AccountField
        {...{ accounts, labels, text }}
        value={draft.accountId}
        error={faultAt("account")}
        onChange={(accountId) => onChange({ ...draft, accountId })}
      />
      {draft.parts.map((part, index) => (
        <PartField
          key={part.id}
          part={part}
          number={index + 1}
          total={draft.parts.length}
          capabilities={capabilities}
          faults={{ text: faultAt(`text.${index}`), media: faultAt(`media.${index}`) }}
          text={text}
          onChange={(next, focus) =>
            setParts(
              draft.parts.map((other) => (other.id === part.id ? next : other)),
              focus,
            )
          }
          onRemove={() =>
            setParts(
              draft.parts.filter((other) => other.id !== part.id),
              "[data-add-part]",
            )
          }
        />
      ))}
      {capabilities && draft.parts.length < capabilities.thread_parts && (
        <Button look="quiet" onClick={addPart} data-add-part className="-mx-3.5">
          {words.addPart}
        </Button>
      )}
      <WhenField draft={draft} error={faultAt("when")} text={words} onChange={onChange} />
      <div role="alert">{fault && isHomeless(fault, draft) && <Notice look="bad">{fault.sentence}</Notice>}</div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          {words.cancel}
        </Button>
        <Button look="primary" type="submit" isBusy={isBusy}>
          {toSubmitLabel(draft, isBusy, words)}
        </Button>
      </div>
    </form>
  );
}

// A problem with a part that is gone, or without a part, is shown for the whole form.
function isHomeless({ place }: Fault, { parts }: Draft): boolean {
  const [kind = "", index = ""] = place.split(".");
  return kind === "form" || (index !== "" && Number(index) >= parts.length);
}

function toSubmitLabel({ isLater }: Draft, isBusy: boolean, words: PostsText["compose"]): string {
  if (isLater) return isBusy ? words.scheduling : words.schedule;
  return isBusy ? words.publishing : words.publish;
}
