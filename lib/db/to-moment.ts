/** A moment as it is written on the wire: UTC, whole seconds, `2025-01-15T10:30:00Z`. */
export const toMoment = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
