import { z } from "zod";
import { accountSchema } from "#lib/accounts/schema";
import { listEnvelopeSchema, pageQuerySchema } from "#lib/http/list-envelope";
import { defineOperation } from "#lib/http/operation";

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

export const listOwnAccountsOperation = defineOperation({
  id: "listOwnAccounts",
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
