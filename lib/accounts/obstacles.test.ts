import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { connectAccount } from "#lib/accounts/connect-account";
import { listNetworks } from "#lib/accounts/get-account";
import { notes, toConnection } from "#lib/accounts/testing/test-connector";
import { useAccountsDatabase } from "#lib/accounts/testing/test-database";
import type { MemberActor } from "#lib/audit/schema";
import { closeDatabase } from "#lib/db/database";
import type { Connector } from "#lib/networks/connector";
import { createMember } from "#lib/organizations/testing/test-member";
import { changeSettings } from "#lib/testing/process-state";

vi.mock("#lib/networks/registry", async (original) =>
  (await import("#lib/accounts/testing/test-connector")).withNotes(original),
);

const connector = notes as Connector<null>;
let ada: MemberActor;

beforeAll(useAccountsDatabase);
afterAll(closeDatabase);
beforeEach(async () => {
  ada = await createMember();
  notes.connect.mockReset().mockResolvedValue(toConnection());
});
afterEach(() => {
  delete connector.missingSettings;
  delete connector.needs;
});

const connect = () => connectAccount(ada, { network: "notes", fields: { handle: "ada", password: "secret" } });
const show = () => listNetworks().find(({ network }) => network === "notes");

test("a network whose settings are missing names them, and is asked nothing", async () => {
  connector.missingSettings = () => ["NOTES_ID", "NOTES_SECRET"];
  expect(show()).toMatchObject({ missing_settings: ["NOTES_ID", "NOTES_SECRET"], unmet_needs: [] });
  await expect(connect()).rejects.toMatchObject({
    code: "InvalidState",
    problem: { code: "network_settings_missing", params: { label: "Notes", names: "NOTES_ID, NOTES_SECRET" } },
  });
  expect(notes.connect).not.toHaveBeenCalled();
});

test.each([
  ["https", "http://console.example", "network_needs_https"],
  ["public_address", "http://localhost:3000", "network_needs_public_address"],
] as const)("a network that needs %s is not connected at %s", async (need, publicUrl, code) => {
  connector.needs = [need];
  const undo = changeSettings({ publicUrl });
  expect(show()).toMatchObject({ missing_settings: [], unmet_needs: [need] });
  await expect(connect()).rejects.toMatchObject({ code: "InvalidState", problem: { code } });
  expect(notes.connect).not.toHaveBeenCalled();
  changeSettings({ publicUrl: "https://console.example" });
  expect(show()).toMatchObject({ unmet_needs: [] });
  await expect(connect()).resolves.toMatchObject({ status: "valid" });
  undo();
});

test("only the sandbox is built in", () => {
  expect(listNetworks().flatMap((network) => (network.is_built_in ? [network.network] : []))).toEqual(["sandbox"]);
});
