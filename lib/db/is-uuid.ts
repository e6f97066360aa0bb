const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether PostgreSQL would take the text for a uuid in its usual spelling. */
export const isUuid = (text: string | undefined): text is string => text !== undefined && UUID.test(text);
