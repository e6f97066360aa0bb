const MAX_DEPTH = 30;
const MARKERS: readonly unknown[] = ["refetch", "inside-shared-layout", "metadata-only"];
const PARAM_TYPE = /^(?:c|oc|d|(?:ci|di)\((?:\.{1,3}|\.\.\)\(\.\.)\))$/;

/**
 * Whether a `next-router-state-tree` header says where in the page tree a browser is, in the shape that Next sends.
 * Next answers anything else with a 500.
 */
export const isRouterState = (header: string): boolean => {
  try {
    return isTree(JSON.parse(decodeURIComponent(header)), 0);
  } catch {
    return false;
  }
};

function isTree(value: unknown, depth: number): boolean {
  if (!Array.isArray(value) || value.length < 2 || value.length > 6 || depth > MAX_DEPTH) return false;
  const [segment, branches, address, marker, hints, last] = value as unknown[];
  return (
    (isText(segment) || isParam(segment)) &&
    areBranches(branches, depth) &&
    isAbsentOr(address, isPair) &&
    isAbsentOr(marker, (given) => MARKERS.includes(given)) &&
    isAbsentOr(hints, (given) => typeof given === "number") &&
    (last === undefined || isText(last))
  );
}

function areBranches(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((branch) => isTree(branch, depth + 1));
}

function isParam(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [name, text, type, siblings] = value as unknown[];
  const hasType = isText(type) && PARAM_TYPE.test(type);
  return isText(name) && isText(text) && hasType && isAbsentOr(siblings, (given) => isList(given));
}

function isPair(value: unknown): boolean {
  return isList(value) && value.length === 2;
}

function isList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isAbsentOr(value: unknown, check: (value: unknown) => boolean): boolean {
  return value === undefined || value === null || check(value);
}
