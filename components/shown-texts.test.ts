import { expect, test } from "vitest";
import { findBareTexts } from "#components/testing/find-bare-texts";
import { findUnusedMessages } from "#components/testing/find-unused-messages";
import { readScreens } from "#components/testing/read-screens";

const screens = readScreens();

test("no text stands beside something else: what a translator puts in its place takes nothing along", () => {
  expect(findBareTexts(screens)).toEqual([]);
});

test("no message is left over: a page or a component names each of them", () => {
  // These are chosen by words that are stored, or that a network brings along; mails are no screens, but say the same sentences.
  const chosen =
    /^(?:(?:events\.(?:reasons|members)|postErrors|networks|mails|notices\.sentences)\.|notices\.nameless$)/;
  expect(findUnusedMessages(screens).filter((path) => !chosen.test(path))).toEqual([]);
});
