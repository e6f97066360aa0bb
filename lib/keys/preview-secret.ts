const PREVIEW = /^boring_(?:(?:dev|staging|prod)_)?.{3}/;

/** What a list may show of a secret: prefix, tag and three characters, `boring_dev_abc...`. */
export const previewSecret = (secret: string): string => `${PREVIEW.exec(secret)?.[0] ?? "boring_"}...`;
