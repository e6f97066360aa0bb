/** One kind of request, sent over many connections for some seconds. */
export type Load = {
  url: string;
  method: "GET" | "POST";
  body?: string;
  /** Chosen at random. Absent: no credential is sent. */
  secrets?: string[];
  seconds: number;
};

/** The result of a load: answers a second and latency in milliseconds after the warm-up, and all answers including it. */
export type Measure = { rate: number; p50: number; p99: number; answers: number };

/** Puts the load on a server. Rejects when any answer is not a success, because a benchmark of refusals is worthless. */
export type PutLoad = (load: Load) => Promise<Measure>;
