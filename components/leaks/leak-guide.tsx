import { FoundUrl } from "#components/leaks/found-url";
import { type Activity, KeyActivity } from "#components/leaks/key-activity";
import { LeakButton } from "#components/leaks/leak-button";
import { LeakStep } from "#components/leaks/leak-step";
import { buttonClass } from "#components/ui/button";
import type { Elements } from "#components/ui/elements";
import { ExactTime } from "#components/ui/exact-time";
import { fill, type Messages } from "#lib/i18n/schema";
import type { ApiKey } from "#lib/keys/schema";
import type { KeyLeak } from "#lib/leaks/schema";

type LeakGuideProps = {
  apiKey: ApiKey;
  leak: KeyLeak;
  activity: Activity;
  /** The button that generates a replacement, for a reader who may. */
  rotate: Elements;
  text: Pick<Messages, "leak" | "usage" | "docs" | "problem">;
};

/** What to do about a leaked key, step by step. */
export function LeakGuide({ apiKey, leak, activity, rotate, text }: LeakGuideProps) {
  const { leak: own, docs, problem } = text;
  return (
    <ol className="space-y-4">
      <LeakStep number={1} title={own.happened}>
        <WhatHappened leak={leak} text={own} />
      </LeakStep>
      <LeakStep number={2} title={own.dead}>
        <p>{fill(own.deadLead, { preview: apiKey.key_preview })}</p>
      </LeakStep>
      <LeakStep number={3} title={own.replacement}>
        <Replacement apiKey={apiKey} rotate={rotate} text={own} />
      </LeakStep>
      <LeakStep number={4} title={own.activity}>
        <KeyActivity activity={activity} keyId={apiKey.id} text={text} />
      </LeakStep>
      <LeakStep number={5} title={own.checklist}>
        <p className="text-muted">{own.checklistLead}</p>
        <Checklist tasks={docs.leaks.actSteps} />
        {leak.acknowledged_at ? (
          <p role="status" className="text-good">
            {own.finished}
          </p>
        ) : (
          <LeakButton
            path={`/api/keys/${apiKey.id}/leak/acknowledge`}
            label={own.finish}
            look="primary"
            text={{ problem }}
          />
        )}
      </LeakStep>
    </ol>
  );
}

function WhatHappened({ leak, text }: { leak: KeyLeak; text: Messages["leak"] }) {
  const sentence = { owner: text.byOwner, report: text.byReport, github: text.byGithub }[leak.source];
  return (
    <>
      <p>{sentence}</p>
      <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-2">
        <div>
          <dt className="text-small text-muted">{text.reported}</dt>
          <dd>
            <ExactTime at={leak.reported_at} hasTime />
          </dd>
        </div>
        {leak.source !== "owner" && (
          <div className="min-w-0">
            <dt className="text-small text-muted">{text.place}</dt>
            <dd>{leak.url ? <FoundUrl url={leak.url} /> : text.noPlace}</dd>
          </div>
        )}
      </dl>
    </>
  );
}

function Replacement({ apiKey, rotate, text }: { apiKey: ApiKey; rotate: Elements; text: Messages["leak"] }) {
  return (
    <>
      <p className="mb-4">
        {apiKey.replaced_by ? text.wasReplaced : rotate ? text.replacementLead : text.replacementByOthers}
      </p>
      {apiKey.replaced_by ? (
        <a href={`/settings/keys/${apiKey.replaced_by}`} className={buttonClass("plain")}>
          {text.toReplacement}
        </a>
      ) : (
        rotate
      )}
    </>
  );
}

// The browser keeps the ticks while the page is open, which is long enough.
function Checklist({ tasks }: { tasks: string[] }) {
  return (
    <ul className="mt-2 mb-5">
      {tasks.map((task) => (
        <li key={task}>
          <label className="inline-flex min-h-11 items-center gap-2.5 py-1 mouse:min-h-9">
            <input type="checkbox" className="size-4.5 shrink-0 accent-ink" />
            <span className="min-w-0">{task}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}
