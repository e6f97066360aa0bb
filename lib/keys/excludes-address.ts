import { isAddressAllowed } from "#lib/keys/is-address-allowed";
import { toAddressBlock } from "#lib/keys/to-address-block";

/** Whether allowed addresses, as somebody wrote them, leave one out. Unless each of them is an address, none is left out. */
export const excludesAddress = (allowed: readonly string[], address: string): boolean => {
  const blocks = allowed.flatMap((text) => toAddressBlock(text) ?? []);
  return blocks.length === allowed.length && !isAddressAllowed(address, blocks);
};
