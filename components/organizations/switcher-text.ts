import type { Messages } from "#lib/i18n/schema";

/** Only the messages that the switch between organizations shows, because they are sent to the browser with every page. */
export type SwitcherText = Pick<Messages["header"], "switchOrganization" | "organizationMenu" | "organizations"> &
  Pick<Messages, "problem">;

/** Selects them from all messages. */
export const toSwitcherText = ({ header, problem }: Messages): SwitcherText => {
  const { switchOrganization, organizationMenu, organizations } = header;
  return { switchOrganization, organizationMenu, organizations, problem };
};
