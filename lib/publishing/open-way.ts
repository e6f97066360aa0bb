import { openAccount } from "#lib/accounts/open-account";
import { database } from "#lib/db/database";
import type { ConnectedAccount, Connector } from "#lib/networks/connector";
import { getConnector } from "#lib/networks/registry";
import type { ClaimedPost } from "#lib/publishing/claim-post";
import type { Stage } from "#lib/publishing/decide-next";

/** What a post is published with, and how far it came. */
export type Way = {
  post: ClaimedPost;
  connector: Connector;
  /** Changes when its credential is refreshed on the way. */
  account: ConnectedAccount;
  stage: Stage;
  /** The part at which it is. */
  index: number;
};

/** The way to publish a post. Throws `NetworkError` when its account was disconnected. */
export const openWay = async (post: ClaimedPost): Promise<Way> => {
  const { prisma } = await database();
  const row = await prisma.socialAccount.findUniqueOrThrow({ where: { id: post.accountId } });
  return { post, connector: getConnector(row.network), account: openAccount(row), stage: "preparing", index: 0 };
};
