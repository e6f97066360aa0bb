"use client";

import { useRouter } from "next/navigation";
import { type SubmitEvent, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { describeField } from "#components/console/describe-problem";
import { ProblemNote } from "#components/console/problem-note";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { INPUT } from "#components/ui/input-class";
import { Toast } from "#components/ui/toast";
import type { ProfileText } from "#components/users/profile-text";
import { LOCALE_COOKIE } from "#lib/i18n/schema";

type PreferencesFormProps = {
  locale: string | null;
  timeZone: string | null;
  /** Every time zone that the server knows. */
  zones: string[];
  text: ProfileText;
};

// The names of languages are never translated, so that everybody finds their own.
const LANGUAGES = [
  { value: "en", name: "English", lang: "en" },
  { value: "zh-TW", name: "繁體中文", lang: "zh-Hant-TW" },
];

/** The reader's language and time zone. The page shows itself in them as soon as they are saved. */
export function PreferencesForm({ locale, timeZone, zones, text }: PreferencesFormProps) {
  const [language, setLanguage] = useState(locale ?? "");
  const [zone, setZone] = useState(timeZone ?? "");
  const [isBusy, setIsBusy] = useState(false);
  const [isSaved, setIsSaved] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const router = useRouter();
  const { profile } = text;
  const languageError = describeField(problem, "locale");
  const zoneError = describeField(problem, "time_zone");

  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    setIsSaved(false);
    const body = { locale: language || null, time_zone: zone || null };
    const { problem: failure } = await callApi("PATCH", "/api/user", { body });
    setProblem(failure);
    setIsBusy(false);
    if (failure) return;
    // Otherwise an earlier use of the language switch in this browser would hide what was saved.
    Object.assign(document, { cookie: `${LOCALE_COOKIE}=;path=/;max-age=0` });
    setIsSaved(true);
    router.refresh();
  };

  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <div className="grid gap-x-4 gap-y-4 sm:grid-cols-2">
        <Field label={profile.language} error={languageError}>
          {(aria) => (
            <select
              {...aria}
              value={language}
              onChange={(event) => setLanguage(event.target.value)}
              className={`${INPUT} w-full pr-8`}
            >
              <option value="">{profile.browser}</option>
              {LANGUAGES.map(({ value, name, lang }) => (
                <option key={value} value={value} lang={lang}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={profile.zone} error={zoneError}>
          {(aria) => (
            <select
              {...aria}
              value={zone}
              onChange={(event) => setZone(event.target.value)}
              className={`${INPUT} w-full pr-8`}
            >
              <option value="">{profile.browser}</option>
              {zones.map((name) => (
                <option key={name} value={name} translate="no">
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <ProblemNote problem={languageError || zoneError ? undefined : problem} text={text} />
      <Button type="submit" isBusy={isBusy} className="mt-4 max-sm:w-full">
        {isBusy ? profile.saving : profile.save}
      </Button>
      <Toast
        message={isSaved ? { look: "good", content: profile.saved } : undefined}
        dismissLabel={text.problem.dismiss}
        onDismiss={() => setIsSaved(false)}
      />
    </form>
  );
}
