import { randomUUID } from "node:crypto";
import type { ConnectedAccount, Connector, PublishedPart, Submission } from "#lib/networks/connector";
import { NetworkError } from "#lib/networks/network-error";

/** What was tried, and whether it went as it has to. */
export type Finding = { what: string; result: string; isGood: boolean };

/** Everything that came of it, and what is left at the network. */
export type Trial = { findings: Finding[]; left: string[] };

/** Publishes a text, then another one whose answer is taken as lost, and looks for that one as the product does. */
export const tryPublishing = async (connector: Connector, account: ConnectedAccount): Promise<Trial> => {
  const trial: Trial = { findings: [], left: [] };
  const note = (what: string, result: string, isGood: boolean) => void trial.findings.push({ what, result, isGood });
  try {
    const { username } = await connector.check(account);
    note("The account is read", username, true);
    const first = await publish(connector, account, toSubmission("first"));
    trial.left.push(first.part.url);
    note("A text is published", first.part.networkPostId, true);
    const lost = await publish(connector, account, toSubmission("second"));
    trial.left.push(lost.part.url);
    note("Another one is published, and its answer taken as lost", lost.part.networkPostId, true);
    await findLost(connector, account, { lost, taken: [first.part.networkPostId], trial, note });
  } catch (thrown) {
    if (!(thrown instanceof NetworkError)) throw thrown;
    note("The trial broke off", `${thrown.reason}: ${thrown.message}`, false);
  }
  return trial;
};

type Published = { part: PublishedPart; submission: Submission; prepared: unknown };
type Search = {
  lost: Published;
  taken: string[];
  trial: Trial;
  note: (what: string, result: string, isGood: boolean) => void;
};

function toSubmission(which: string): Submission {
  const now = new Date();
  const text = `This is the ${which} trial of a console, ${now.toISOString()}. (It may be deleted.)`;
  const part = { text, media: [] };
  const names = { postId: randomUUID(), index: 0, identity: randomUUID(), thread: undefined };
  return { ...names, part, acceptedAt: now, createdAt: now };
}

async function publish(connector: Connector, account: ConnectedAccount, submission: Submission): Promise<Published> {
  const open = () => Promise.reject(new Error("The trial has no media."));
  const prepared = await connector.prepare(account, submission, { open });
  return { part: await connector.publish(account, submission, prepared), submission, prepared };
}

async function findLost(connector: Connector, account: ConnectedAccount, search: Search): Promise<void> {
  const { lost, taken, trial, note } = search;
  const asked = { ...lost.submission, taken };
  const answer = await connector.reconcile(account, asked, connector.handleSchema ? lost.prepared : undefined);
  const isOwn = ({ networkPostId }: PublishedPart) => networkPostId === lost.part.networkPostId;
  if (typeof answer === "object") return note("The lost one is looked for", answer.networkPostId, isOwn(answer));
  note("The lost one is looked for", answer, answer === "resend" || answer === "again");
  if (answer !== "resend" && answer !== "again") return;
  const again = await connector.publish(account, { ...asked, mayBeThere: answer === "again" }, lost.prepared);
  if (!isOwn(again)) trial.left.push(again.url);
  note("It is sent again, which must not publish it twice", again.networkPostId, isOwn(again));
}
