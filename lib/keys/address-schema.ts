import { z } from "zod";
import { toAddressBlock } from "#lib/keys/is-address-allowed";
import { withoutInvisible } from "#lib/pasted/schema";
import { rule } from "#lib/problems/problem";

const MAX_ALLOWED_ADDRESSES = 50;

const addressSchema = z
  .string()
  .overwrite(withoutInvisible)
  .refine((text) => toAddressBlock(text) !== undefined, {
    error: rule("key_address_form"),
  });

/** The addresses and CIDR blocks from which a key may be used. */
export const allowedAddressesSchema = z.array(addressSchema).max(MAX_ALLOWED_ADDRESSES, {
  error: rule("key_addresses_many", { most: MAX_ALLOWED_ADDRESSES }),
});

/** An address that the change must still allow. */
export const mustAllowSchema = z
  .string()
  .overwrite(withoutInvisible)
  .refine((text) => toAddressBlock(text) !== undefined && !text.includes("/"), {
    error: rule("key_address_single"),
  })
  .describe("If `allowed_addresses` does not include this address, nothing is changed");
