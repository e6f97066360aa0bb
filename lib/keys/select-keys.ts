import { currentTime } from "#lib/clock";
import { type ApiKey, KEY_BADGES, KEY_STATUSES, type KeyQuery, type KeySelection } from "#lib/keys/schema";
import { toBadges } from "#lib/keys/to-badges";
import { trimPasted } from "#lib/pasted/schema";

/** Chooses and orders keys. Counts are of what the search finds, whichever status or badge is looked at. */
export const selectKeys = (all: ApiKey[], query: KeyQuery, now = currentTime()): KeySelection => {
  const found = all.filter((key) => isFound(key, query.q));
  const count = <Name extends string>(names: readonly Name[], has: (key: ApiKey, name: Name) => boolean) =>
    Object.fromEntries(names.map((name) => [name, found.filter((key) => has(key, name)).length])) as Record<
      Name,
      number
    >;
  const { status, badge } = query;
  const chosen = found.filter(
    (key) => (!status || key.status === status) && (!badge || toBadges(key, now).includes(badge)),
  );
  return {
    rows: chosen.toSorted(compareBy(query)).map((key) => ({ key, badges: toBadges(key, now) })),
    total: found.length,
    statuses: count(KEY_STATUSES, (key, name) => key.status === name),
    badges: count(KEY_BADGES, (key, name) => toBadges(key, now).includes(name)),
  };
};

function isFound({ id, name, note, key_preview: preview }: ApiKey, q = ""): boolean {
  const wanted = trimPasted(q.normalize("NFC")).toLowerCase();
  // A preview's dots stand for what nobody knows; `boring_abc` finds it as well as `boring_abc...`.
  return [id, name, note ?? "", preview].some((text) => text.toLowerCase().includes(wanted));
}

function compareBy({ sort, order }: KeyQuery): (one: ApiKey, other: ApiKey) => number {
  const direction = (order ?? (sort === "name" ? "asc" : "desc")) === "asc" ? 1 : -1;
  const collator = new Intl.Collator(undefined, { numeric: true });
  if (sort === "name") return (one, other) => direction * collator.compare(one.name, other.name);
  const toMoment = (key: ApiKey) => (sort === "last_used" ? (key.last_used_at ?? "") : key.created_at);
  return (one, other) => direction * (toMoment(one) < toMoment(other) ? -1 : toMoment(one) > toMoment(other) ? 1 : 0);
}
