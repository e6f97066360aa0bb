/** Base62 digits in their order of value; the generator and the checksum share them. */
export const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export const SECRET_LENGTH = 43;
export const CHECKSUM_LENGTH = 6;
