"use client";

import { createMedium, type MediumDraft, type PartDraft } from "#components/posts/draft";
import { MediumField } from "#components/posts/medium-field";
import type { PostsText } from "#components/posts/posts-text";
import { TextCounter } from "#components/posts/text-counter";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { INPUT } from "#components/ui/input-class";
import { fill } from "#lib/i18n/schema";
import type { Capabilities } from "#lib/networks/schema";

type PartFieldProps = {
  part: PartDraft;
  number: number;
  total: number;
  /** The limits of the chosen account, if any. */
  capabilities: Capabilities | undefined;
  faults: { text: string | undefined; media: string | undefined };
  text: PostsText;
  /** `focus` selects what to focus next. */
  onChange: (part: PartDraft, focus?: string) => void;
  onRemove: () => void;
};

/** One text with its media. */
export function PartField({ part, number, total, capabilities, faults, text, onChange, onRemove }: PartFieldProps) {
  const words = text.compose;
  const isThread = total > 1;
  const most = capabilities ? Math.max(capabilities.images, Number(capabilities.video)) : 0;
  const setMedia = (media: MediumDraft[], focus?: string) => onChange({ ...part, media }, focus);
  const add = () => {
    const medium = createMedium();
    setMedia([...part.media, medium], `[data-medium="${medium.id}"] input`);
  };
  return (
    <fieldset data-part={part.id} className={isThread ? "space-y-3 border-l-2 border-line pl-4" : "space-y-3"}>
      <legend className={isThread ? "float-left mb-1 w-full text-small text-muted" : "sr-only"}>
        {isThread ? fill(words.partOf, { number, total }) : words.content}
      </legend>
      <div className="clear-left">
        <Field
          label={words.text}
          error={faults.text}
          help={
            capabilities && (
              <TextCounter
                text={part.text}
                hasMedia={part.media.some(({ url }) => url.trim() !== "")}
                capabilities={capabilities}
                words={words}
              />
            )
          }
        >
          {(aria) => (
            <textarea
              {...aria}
              dir="auto"
              {...(number === 1 && { "data-autofocus": true })}
              rows={isThread ? 3 : 5}
              value={part.text}
              onChange={(event) => onChange({ ...part, text: event.target.value })}
              className={`${INPUT} w-full resize-y py-2`}
            />
          )}
        </Field>
      </div>
      {part.media.map((medium, index) => (
        <MediumField
          key={medium.id}
          medium={medium}
          number={index + 1}
          text={words}
          onChange={(next) => setMedia(part.media.map((other) => (other.id === medium.id ? next : other)))}
          onRemove={() =>
            setMedia(
              part.media.filter((other) => other.id !== medium.id),
              `[data-part="${part.id}"] [data-add-medium]`,
            )
          }
        />
      ))}
      <p role="alert" className="text-small wrap-anywhere text-bad">
        {faults.media}
      </p>
      <div className="-mx-3.5 flex flex-wrap">
        <Button look="quiet" onClick={add} data-add-medium hidden={part.media.length >= most}>
          {words.addMedium}
        </Button>
        {isThread && (
          <Button look="quietDanger" onClick={onRemove}>
            {fill(words.removePart, { number })}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
