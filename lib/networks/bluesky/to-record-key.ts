import { hash } from "node:crypto";
import type { Submission } from "#lib/networks/connector";

const ALPHABET = "234567abcdefghijklmnopqrstuvwxyz";
const LENGTH = 13;
/** What the protocol calls a timestamp identifier. */
const RECORD_KEY = /^[234567a-j][234567a-z]{12}$/;

// Some eighteen minutes in microseconds. Posts of one account that are accepted together still have keys of their own,
// because the key of each is somewhere in the window before its moment.
const WINDOW_BITS = 30n;
const PART_BITS = 5n;

/**
 * The key of the record that a part becomes: a timestamp identifier that follows from the post, its moment and the part, and from
 * nothing else, so that the part is the same record however often and from wherever it is written. Parts sort in order.
 */
export const toRecordKey = ({
  postId,
  index,
  acceptedAt,
  identity,
}: Pick<Submission, "postId" | "index" | "acceptedAt" | "identity">): string => {
  // Parts that were on their way before keys were derived have one already.
  if (RECORD_KEY.test(identity)) return identity;
  const bits = hash("sha256", postId, "buffer").readBigUInt64BE();
  const window = ((BigInt(acceptedAt.getTime()) * 1000n) >> WINDOW_BITS) - 1n;
  const place = ((bits >> 10n) & ((1n << (WINDOW_BITS - PART_BITS)) - 1n)) << PART_BITS;
  const microseconds = (window << WINDOW_BITS) + place + BigInt(index);
  return toText((microseconds << 10n) | (bits & 1023n));
};

function toText(value: bigint): string {
  let key = "";
  for (let rest = value; key.length < LENGTH; rest >>= 5n) key = `${ALPHABET[Number(rest & 31n)]}${key}`;
  return key;
}
