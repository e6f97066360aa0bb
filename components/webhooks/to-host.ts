/** What a webhook is called: the host of its address. */
export const toHost = ({ url }: { url: string }): string => new URL(url).host;
