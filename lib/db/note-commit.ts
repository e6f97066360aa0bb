import { AsyncLocalStorage } from "node:async_hooks";

type Watch = { isCommitted: boolean };

// Next compiles its own copy of this module; both must see the same watch.
const shared = globalThis as { boringCommits?: AsyncLocalStorage<Watch> };
shared.boringCommits ??= new AsyncLocalStorage();
const watches = shared.boringCommits;

/** Says that something was committed, to whoever watches what is done on its behalf. */
export const noteCommit = (): void => {
  const watch = watches.getStore();
  if (watch) watch.isCommitted = true;
};

/** Runs something and keeps an eye on whether anything was committed meanwhile, also when it throws. */
export const watchCommits = <Result>(watch: Watch, run: () => Promise<Result>): Promise<Result> =>
  watches.run(watch, run);
