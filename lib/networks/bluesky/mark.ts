/** Something in a text that leads somewhere, by its place in code units. */
export type Mark = { kind: "link" | "mention" | "tag"; value: string; start: number; end: number };
