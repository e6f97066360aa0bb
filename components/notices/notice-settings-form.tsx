"use client";

import { type SubmitEvent, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import { Button } from "#components/ui/button";
import { INPUT } from "#components/ui/input-class";
import { Toast } from "#components/ui/toast";
import type { Messages } from "#lib/i18n/schema";
import type { NoticeKind, NoticePlace, NoticeSettings } from "#lib/notices/schema";

type NoticeSettingsFormProps = {
  settings: NoticeSettings;
  /** The kind that is always told. */
  always: NoticeKind;
  text: { settings: Messages["notices"]["settings"]; problem: Messages["problem"] };
};

/** Where the reader is told of what. */
export function NoticeSettingsForm({ settings, always, text }: NoticeSettingsFormProps) {
  const [places, setPlaces] = useState(settings.places);
  const [isBusy, setIsBusy] = useState(false);
  const [isSaved, setIsSaved] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const words = text.settings;
  // Without a mail server both mean the same.
  const offered: NoticePlace[] = settings.sends_mail ? ["mail", "console", "off"] : ["mail", "off"];
  const nameOf = (place: NoticePlace) => (settings.sends_mail || place !== "mail" ? words[place] : words.console);
  const toOffered = (place: NoticePlace) => (offered.includes(place) ? place : "mail");

  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    setIsSaved(false);
    const { problem: failure } = await callApi("PATCH", "/api/notices/settings", { body: { places } });
    setProblem(failure);
    setIsSaved(!failure);
    setIsBusy(false);
  };

  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <ul className="mb-4 divide-y divide-line">
        {(Object.keys(words.kinds) as NoticeKind[]).map((kind) => (
          <li key={kind} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
            <label htmlFor={`place-${kind}`} className="min-w-0 flex-1 basis-64">
              {words.kinds[kind]}
            </label>
            {kind === always ? (
              <p id={`place-${kind}`} className="text-small text-muted sm:w-72">
                {words.always}
              </p>
            ) : (
              <select
                id={`place-${kind}`}
                value={toOffered(places[kind])}
                onChange={({ target }) => setPlaces({ ...places, [kind]: target.value as NoticePlace })}
                className={`${INPUT} w-full pr-8 sm:w-72`}
              >
                {offered.map((place) => (
                  <option key={place} value={place}>
                    {nameOf(place)}
                  </option>
                ))}
              </select>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote problem={problem} text={text} />
      <Button type="submit" isBusy={isBusy} className="max-sm:w-full">
        {isBusy ? words.saving : words.save}
      </Button>
      <Toast
        message={isSaved ? { look: "good", content: words.saved } : undefined}
        dismissLabel={text.problem.dismiss}
        onDismiss={() => setIsSaved(false)}
      />
    </form>
  );
}
