import { defineOperation } from "#lib/http/operation";
import { doneSchema } from "#lib/organizations/schema";
import { deleteUserSchema, updateUserSchema, userExportSchema, userSchema } from "#lib/users/schema";

const path = "/api/user";

export const getUserOperation = defineOperation({
  id: "getUser",
  method: "GET",
  path,
  summary: "The signed-in user",
  answer: { status: 200, description: "The user", schema: userSchema },
  errors: [],
});

export const updateUserOperation = defineOperation({
  id: "updateUser",
  method: "PATCH",
  path,
  summary: "Choose a language and a time zone; null stands for the browser's",
  body: updateUserSchema,
  answer: { status: 200, description: "The user as they are now", schema: userSchema },
  errors: [],
});

export const deleteUserOperation = defineOperation({
  id: "deleteUser",
  method: "DELETE",
  path,
  summary:
    "Delete one's account for good, with its address typed again; organizations without other members go with it",
  body: deleteUserSchema,
  answer: { status: 200, description: "The account is deleted", schema: doneSchema },
  errors: [409],
});

export const exportUserOperation = defineOperation({
  id: "exportUser",
  method: "GET",
  path: `${path}/export`,
  summary: "Everything that this server keeps about the signed-in user",
  page: "/account",
  answer: { status: 200, description: "The user's data", schema: userExportSchema },
  errors: [],
});
