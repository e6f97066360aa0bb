/** A webhook's name: the host of its address. */
export const toHost = ({ url }: { url: string }): string => new URL(url).host;
