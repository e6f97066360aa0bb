import { randomInt } from "node:crypto";

const ALPHABET = "234567abcdefghijklmnopqrstuvwxyz";
const LENGTH = 13;
let last = 0;

/** A new timestamp identifier: microseconds and ten random bits, so that keys sort by the moment they were made. */
export const createRecordKey = (): string => {
  last = Math.max(last + 1, Date.now() * 1000);
  let rest = (BigInt(last) << 10n) | BigInt(randomInt(1024));
  let key = "";
  while (key.length < LENGTH) {
    key = `${ALPHABET[Number(rest & 31n)]}${key}`;
    rest >>= 5n;
  }
  return key;
};
