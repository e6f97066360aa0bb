type Turns = { free: number; waiting: { share: number; begin: () => void }[] };

/** How much work on pictures there is at once. */
export const ALL_TURNS = 2;

// Next compiles its own copy of this module; the process has one memory.
const shared = globalThis as { boringPictureTurns?: Turns };

/**
 * Does work that needs much memory when its turn has come: two at once, or one that takes both turns, in the order in
 * which they asked.
 */
export const inTurn = async <Result>(share: number, work: () => Promise<Result>): Promise<Result> => {
  shared.boringPictureTurns ??= { free: ALL_TURNS, waiting: [] };
  const turns = shared.boringPictureTurns;
  await new Promise<void>((begin) => {
    turns.waiting.push({ share, begin });
    giveTurns(turns);
  });
  try {
    return await work();
  } finally {
    turns.free += share;
    giveTurns(turns);
  }
};

function giveTurns(turns: Turns): void {
  for (let next = turns.waiting[0]; next && next.share <= turns.free; next = turns.waiting[0]) {
    turns.waiting.shift();
    turns.free -= next.share;
    next.begin();
  }
}
