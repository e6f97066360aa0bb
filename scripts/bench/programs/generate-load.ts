// Puts one load after another on servers, in its own process, so that client and server do not share an event loop.
import autocannon, { type Client, type Request } from "autocannon";
import type { Load, Measure } from "../load.ts";

const CONNECTIONS = 16;
// Time to open connections, warm up the code and use every key, before measuring begins.
const LEAD_MILLISECONDS = 1000;
// Each connection cycles through its own keys, so that no two use the same key in step.
const REQUESTS_PER_CONNECTION = 200;

process.on("message", (load: Load) => {
  putLoad(load).then(
    (measure) => process.send?.({ measure }),
    (error: Error) => process.send?.({ failure: error.message }),
  );
});

function putLoad(load: Load): Promise<Measure> {
  const milliseconds: number[] = [];
  const startAt = performance.now() + LEAD_MILLISECONDS;
  let endAt = startAt;
  let answers = 0;
  let failure: string | undefined;
  const instance = autocannon({
    url: load.url,
    connections: CONNECTIONS,
    duration: load.seconds + LEAD_MILLISECONDS / 1000,
    sampleInt: 50,
    setupClient: (client: Client) => client.setRequests(toRequests(load)),
  });
  instance.on("response", (_client, status, _bytes, duration) => {
    const now = performance.now();
    answers++;
    if (status < 200 || status > 299) failure ??= `it answered ${status}`;
    if (now < startAt) return;
    milliseconds.push(duration);
    endAt = now;
  });
  instance.on("reqError", (error) => {
    failure ??= error.message;
  });
  return new Promise((resolve, reject) => {
    instance.on("done", () => {
      if (milliseconds.length === 0) failure ??= "it answered nothing";
      if (failure) reject(new Error(`${load.method} ${load.url}: ${failure}`));
      else resolve({ ...toMeasure(milliseconds, endAt - startAt), answers });
    });
  });
}

function toRequests({ method, body, secrets }: Load): Request[] {
  return Array.from({ length: secrets ? REQUESTS_PER_CONNECTION : 1 }, () => ({
    method,
    headers: {
      ...(secrets && { "boring-api-key": secrets[Math.floor(Math.random() * secrets.length)] ?? "" }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body }),
  }));
}

function toMeasure(milliseconds: number[], elapsed: number): Omit<Measure, "answers"> {
  const sorted = Float64Array.from(milliseconds).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { rate: (sorted.length / elapsed) * 1000, p50: at(0.5), p99: at(0.99) };
}
