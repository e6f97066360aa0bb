import type { ReactElement } from "react";

/**
 * Children that may have siblings: elements, but no bare text. A translator replaces text nodes with elements, and React
 * could then no longer move or remove the text.
 */
export type Elements = ReactElement | false | null | undefined | readonly Elements[];
