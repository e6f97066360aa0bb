import type { Problem } from "#components/console/call-api";
import { describeProblem, type ProblemText } from "#components/console/describe-problem";
import { Notice } from "#components/ui/notice";

type ProblemProps = { problem: Problem; text: ProblemText };

/** What went wrong, with a sign-in link when signing in again would help. */
export function ProblemContent({ problem, text }: ProblemProps) {
  return (
    <>
      <span className="mr-1">{describeProblem(problem, text)}</span>
      {problem.kind === "session" && (
        <a href="/sign-in" target="_blank" rel="noreferrer" className="font-medium underline underline-offset-2">
          {text.problem.signIn}
        </a>
      )}
    </>
  );
}

/** The same as an announced alert. */
export function ProblemNote({ problem, text }: { problem: Problem | undefined; text: ProblemText }) {
  return (
    <div role="alert">
      {problem && (
        <Notice look="bad" className="mt-4">
          <ProblemContent problem={problem} text={text} />
        </Notice>
      )}
    </div>
  );
}
