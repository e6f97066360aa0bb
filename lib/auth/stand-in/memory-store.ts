type Payload = Record<string, unknown> & { uid?: string; grantId?: string; consumed?: number };
type Entry = { payload: Payload; expiresAt: number };

/** What oidc-provider asks of a place to keep one kind of thing. */
type Store = {
  upsert(id: string, payload: Payload, expiresInSeconds: number): Promise<void>;
  find(id: string): Promise<Payload | undefined>;
  findByUid(uid: string): Promise<Payload | undefined>;
  consume(id: string): Promise<void>;
  destroy(id: string): Promise<void>;
  revokeByGrantId(grantId: string): Promise<void>;
};

/** Keeps things of one kind in memory until they expire. The package's own store says at every start that it is no good. */
export const memoryStore = (): Store => {
  const entries = new Map<string, Entry>();
  const findEntry = (isWanted: (payload: Payload) => boolean) =>
    [...entries.values()].find(({ payload, expiresAt }) => expiresAt > Date.now() && isWanted(payload))?.payload;
  return {
    upsert: async (id, payload, expiresInSeconds) => {
      for (const [old, { expiresAt }] of entries) if (expiresAt <= Date.now()) entries.delete(old);
      entries.set(id, { payload, expiresAt: Date.now() + expiresInSeconds * 1000 });
    },
    find: async (id) => {
      const entry = entries.get(id);
      return entry && entry.expiresAt > Date.now() ? entry.payload : undefined;
    },
    findByUid: async (uid) => findEntry((payload) => payload.uid === uid),
    consume: async (id) => {
      const entry = entries.get(id);
      if (entry) entry.payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => {
      entries.delete(id);
    },
    revokeByGrantId: async (grantId) => {
      for (const [id, { payload }] of entries) if (payload.grantId === grantId) entries.delete(id);
    },
  };
};
