import type { Prisma } from "#lib/db/generated/client";
export const announce = async (
  _tx: Prisma.TransactionClient,
  _userId: string,
  _event: string,
  _data: object,
): Promise<void> => {};
