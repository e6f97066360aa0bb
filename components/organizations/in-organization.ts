/** The path with the organization in its query. */
export const inOrganization = (path: string, id: string): string =>
  `${path}${path.includes("?") ? "&" : "?"}organization_id=${id}`;
