/** Posts of a network that are accepted by its server while the answer is lost. */
export const CUT_POSTS = 100;

/** Posts of a network that are at a step when their worker is killed, for each step. */
export const KILLED_AT_A_STEP = 20;

/** How often the embedded server is killed at a step. */
export const KILLED_SERVERS_AT_A_STEP = 3;

/** Posts that two workers share. */
export const SHARED_POSTS = 200;

/** How many of them take their network long: as many as a process sees to at once of one account. */
export const SLOW_POSTS = 20;

/** Posts that are due at once for two workers and a server. */
export const BACKLOG_POSTS = 10_000;

/** Posts that are cancelled while they become due. */
export const RACING_POSTS = 20;

/** How long after the one before each of them is cancelled. */
export const RACE_MILLISECONDS = 75;
