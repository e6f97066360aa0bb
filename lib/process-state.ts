/**
 * What this process has once. Next compiles copies of their own of the modules that pages read through; with the originals,
 * which everything else runs, they share only this. A module that needs it declares its member here, with
 * `declare module "#lib/process-state"`. Everything else that lasts is a module's own variable.
 *
 * @public
 */
// biome-ignore lint/suspicious/noEmptyInterface: the modules fill it
export interface ProcessState {}

const shared = globalThis as { boringConsole?: ProcessState };
shared.boringConsole ??= {};

/** This process's one record of what its modules share. A member is absent until its module has set it. */
export const processState: ProcessState = shared.boringConsole;
