import type { ReactElement } from "react";

/**
 * What may stand beside something else: elements, and no text of their own, which a translator would put elements in
 * the place of, so that React could not move or remove it any more.
 */
export type Elements = ReactElement | false | null | undefined | readonly Elements[];
