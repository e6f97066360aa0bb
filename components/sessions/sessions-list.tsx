"use client";

import { useState } from "react";
import { flushSync } from "react-dom";
import { callApi } from "#components/console/call-api";
import { ProblemContent } from "#components/console/problem-note";
import { describeDevice } from "#components/sessions/describe-device";
import type { SessionsText } from "#components/sessions/sessions-text";
import { SignOutEverywhereDialog } from "#components/sessions/sign-out-everywhere-dialog";
import { Button } from "#components/ui/button";
import { ExactTime } from "#components/ui/exact-time";
import { holdFocus } from "#components/ui/hold-focus";
import { Toast, type ToastMessage } from "#components/ui/toast";
import type { Session } from "#lib/auth/schema";
import { fill, type Messages } from "#lib/i18n/schema";

/** Every browser in which the user is signed in, each with a button that signs it out. */
export function SessionsList({ initialSessions, text }: { initialSessions: Session[]; text: SessionsText }) {
  const [sessions, setSessions] = useState(initialSessions);
  const [isAsking, setIsAsking] = useState(false);
  const [toast, setToast] = useState<ToastMessage>();

  const signOut = async (session: Session) => {
    const { problem } = await callApi("DELETE", `/api/sessions/${session.id}`);
    if (problem) return setToast({ look: "bad", content: <ProblemContent problem={problem} text={text} /> });
    if (session.is_current) return location.assign("/sign-in");
    const returnFocus = holdFocus();
    flushSync(() => setSessions((known) => known.filter(({ id }) => id !== session.id)));
    returnFocus();
    const device = describeDevice(session.user_agent, text.security);
    setToast({ look: "good", content: fill(text.security.wasSignedOut, { device }) });
  };

  return (
    <section aria-labelledby="sessions" className="rounded-card border border-line bg-surface">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 p-4 sm:px-6 sm:py-5">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id="sessions" className="text-head font-semibold">
            {text.security.title}
          </h2>
          <p className="text-muted">{text.security.lead}</p>
        </div>
        <Button onClick={() => setIsAsking(true)} className="max-sm:w-full">
          {text.security.everywhere}
        </Button>
      </div>
      <ul>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} text={text.security} onSignOut={() => void signOut(session)} />
        ))}
      </ul>
      {isAsking && <SignOutEverywhereDialog text={text} onClose={() => setIsAsking(false)} />}
      <Toast message={toast} dismissLabel={text.problem.dismiss} onDismiss={() => setToast(undefined)} />
    </section>
  );
}

type SessionRowProps = { session: Session; text: Messages["security"]; onSignOut: () => void };

function SessionRow({ session, text, onSignOut }: SessionRowProps) {
  const device = describeDevice(session.user_agent, text);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line p-4 sm:px-6">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="font-medium" title={session.user_agent ?? undefined}>
            {device}
          </span>
          {session.is_current && (
            <span className="rounded-full bg-good-soft px-2.5 py-0.5 text-small text-good">{text.thisDevice}</span>
          )}
        </p>
        <div className="mt-1 flex flex-wrap gap-x-5 text-small text-muted">
          <span>{session.ip_address ?? text.noAddress}</span>
          <span>
            <span className="mr-1">{text.lastSeen}</span>
            <ExactTime at={session.last_seen_at} hasTime />
          </span>
          <span>
            <span className="mr-1">{text.signedIn}</span>
            <ExactTime at={session.created_at} />
          </span>
        </div>
      </div>
      <Button aria-label={`${text.signOut} ${device}`} onClick={onSignOut}>
        {text.signOut}
      </Button>
    </li>
  );
}
