/** One kind of request, asked by many connections for some seconds. */
export type Load = {
  url: string;
  method: "GET" | "POST";
  body?: string;
  /** Presented at random. Absent: no credential is sent. */
  secrets?: string[];
  seconds: number;
};

/** What came of a load: answers a second and milliseconds once it was warm, and all answers from the first on. */
export type Measure = { rate: number; p50: number; p99: number; answers: number };

/** Puts the load on a server. Rejects when a single answer is not a success: a bench of refusals would be worth nothing. */
export type PutLoad = (load: Load) => Promise<Measure>;
