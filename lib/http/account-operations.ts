import { z } from "zod";
import {
  accountDetailSchema,
  accountSchema,
  chooseSchema,
  connectAnswerSchema,
  connectSchema,
  disconnectedAccountSchema,
} from "#lib/accounts/schema";
import { listEnvelopeSchema, pageQuerySchema } from "#lib/http/list-envelope";
import { defineMemberOperation, defineOperation } from "#lib/http/operation";
import { networkSchema } from "#lib/networks/schema";

const path = "/api/accounts/{accountId}";

export const listAccountsOperation = defineOperation({
  id: "listAccounts",
  method: "GET",
  path: "/v2/accounts",
  scope: "accounts:read",
  summary: "Your social accounts, oldest first",
  query: pageQuerySchema,
  answer: { status: 200, description: "One page of accounts", schema: listEnvelopeSchema(accountSchema) },
  errors: [404],
});

export const listOwnAccountsOperation = defineMemberOperation({
  id: "listOwnAccounts",
  act: "organization.read",
  method: "GET",
  path: "/api/accounts",
  summary: "Your social accounts, oldest first",
  answer: {
    status: 200,
    description: "Your social accounts",
    schema: z.object({ accounts: z.array(accountSchema) }),
  },
  errors: [],
});

export const listNetworksOperation = defineOperation({
  id: "listNetworks",
  method: "GET",
  path: "/api/networks",
  summary: "What can be connected, and what each network wants to know for it",
  answer: { status: 200, description: "The networks", schema: z.object({ networks: z.array(networkSchema) }) },
  errors: [],
});

export const connectAccountOperation = defineMemberOperation({
  id: "connectAccount",
  act: "accounts.connect",
  method: "POST",
  path: "/api/accounts",
  summary: "Connect a social account, or begin to where its network wants to ask the user; ten times a minute",
  body: connectSchema,
  limit: { points: 10, durationSeconds: 60 },
  answer: {
    status: 201,
    description:
      "The account, or `authorization_url`: the page on which the user has to agree before there is one; or `choices` to choose from",
    schema: connectAnswerSchema,
  },
  errors: [409, 429],
});

export const chooseAccountsOperation = defineMemberOperation({
  id: "chooseAccounts",
  act: "accounts.connect",
  method: "POST",
  path: "/api/accounts/choices",
  isRepeatable: true,
  summary: "Connect some of the accounts that a network has offered; ten times a minute",
  body: chooseSchema,
  limit: { points: 10, durationSeconds: 60 },
  answer: {
    status: 201,
    description: "The accounts that were chosen",
    schema: z.object({ accounts: z.array(accountSchema) }),
  },
  errors: [409, 429],
});

export const getOwnAccountOperation = defineMemberOperation({
  id: "getOwnAccount",
  act: "organization.read",
  method: "GET",
  path,
  summary: "One social account, and how many posts still wait for it",
  answer: { status: 200, description: "The account", schema: accountDetailSchema },
  errors: [404],
});

export const checkAccountOperation = defineMemberOperation({
  id: "checkAccount",
  act: "accounts.check",
  method: "POST",
  path: `${path}/check`,
  isRepeatable: true,
  summary: "Ask the network about a social account, publishing nothing; 30 times a minute",
  limit: { points: 30, durationSeconds: 60 },
  answer: { status: 200, description: "The account as it is now, revoked or not", schema: accountSchema },
  errors: [404, 429],
});

export const disconnectAccountOperation = defineMemberOperation({
  id: "disconnectAccount",
  act: "accounts.connect",
  method: "DELETE",
  path,
  summary: "Disconnect a social account; its credential is gone and its waiting posts are cancelled",
  answer: { status: 200, description: "The account is disconnected", schema: disconnectedAccountSchema },
  errors: [404, 409],
});
