"use client";

import { useEffect, useState } from "react";
import { callApi, type Problem } from "#components/console/call-api";
import { ProblemNote } from "#components/console/problem-note";
import type { SwitcherText } from "#components/organizations/switcher-text";
import { CheckIcon } from "#components/ui/icons";
import type { Organization } from "#lib/organizations/schema";

type OrganizationChoicesProps = { shownId: string; text: SwitcherText };

/** The user's organizations, one button for each. Choosing one loads the console anew, so that nothing of another remains. */
export function OrganizationChoices({ shownId, text }: OrganizationChoicesProps) {
  const [organizations, setOrganizations] = useState<Organization[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setIsBusy] = useState(true);

  useEffect(() => {
    const load = async () => {
      const answer = await callApi<{ results: Organization[] }>("GET", "/api/organizations?page_size=100");
      setOrganizations(answer.data?.results ?? []);
      setProblem(answer.problem);
      setIsBusy(false);
    };
    void load();
  }, []);

  const choose = async (id: string) => {
    setIsBusy(true);
    const answer = await callApi("POST", `/api/organizations/${id}/select`);
    if (!answer.problem) return location.assign("/settings");
    setProblem(answer.problem);
    setIsBusy(false);
  };

  return (
    <>
      <ul aria-busy={isBusy} className="min-h-11">
        {organizations.map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === shownId ? "true" : undefined}
              onClick={() => void choose(id)}
              className="flex min-h-11 w-full items-center gap-2 rounded-control px-3 py-1.5 text-left hover:bg-sunken aria-[current]:font-medium mouse:min-h-9"
            >
              <bdi translate="no" className="min-w-0 flex-1 wrap-anywhere">
                {name}
              </bdi>
              {id === shownId && <CheckIcon />}
            </button>
          </li>
        ))}
      </ul>
      <ProblemNote problem={problem} text={text} />
    </>
  );
}
