import { type Exchange, type Reply, type Route, readMembers } from "#lib/testing/mastodon/exchange";

/** What tests in other processes tell the server and ask it. */
export const controlRoutes: Route[] = [
  { method: "POST", path: /^\/_control\/faults$/, answer: addFault },
  { method: "POST", path: /^\/_control\/settings$/, answer: changeSettings },
  { method: "POST", path: /^\/_control\/revoke$/, answer: revokeAll },
  { method: "GET", path: /^\/_control\/statuses$/, answer: ({ state }) => ({ status: 200, body: state.statuses }) },
  { method: "GET", path: /^\/_control\/requests$/, answer: ({ state }) => ({ status: 200, body: state.requests }) },
];

async function addFault(exchange: Exchange): Promise<Reply> {
  const { method = "POST", path = "/", ...others } = await readMembers(exchange);
  exchange.state.faults.push({ method: String(method), path: String(path), ...others });
  return { status: 200, body: {} };
}

async function changeSettings(exchange: Exchange): Promise<Reply> {
  Object.assign(exchange.state.settings, await readMembers(exchange));
  return { status: 200, body: exchange.state.settings };
}

function revokeAll({ state }: Exchange): Reply {
  state.tokens.clear();
  return { status: 200, body: {} };
}
