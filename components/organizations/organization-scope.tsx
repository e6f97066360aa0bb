"use client";

import { createContext, type ReactNode, use, useEffect } from "react";
import { inOrganization } from "#components/organizations/in-organization";

const Scope = createContext<string | undefined>(undefined);

type OrganizationScopeProps = { id: string; children: ReactNode };

/**
 * Tells everything in a page for which organization the page was rendered. Stands in the page and not in its layout, because
 * only the page is rendered again when its address changes.
 */
export function OrganizationScope({ id, children }: OrganizationScopeProps) {
  useEffect(() => {
    // The header is older than the page when another tab has switched the organization in between.
    const shown = document.querySelector<HTMLElement>("[data-organization]")?.dataset.organization;
    if (shown && shown !== id) location.reload();
  }, [id]);
  return <Scope value={id}>{children}</Scope>;
}

/** Names the page's organization in the path of a request, so that a switch in another tab cannot redirect it. */
export const useInOrganization = (): ((path: string) => string) => {
  const id = use(Scope);
  if (!id) throw new Error("A request about an organization is made outside its page.");
  return (path) => inOrganization(path, id);
};
