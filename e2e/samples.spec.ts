import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { ask, withKey } from "#lib/testing/console/api-client";
import { type CodeSample, toCodeSamples } from "../components/keys/to-code-samples.ts";
import { expect, test } from "./fixtures.ts";

const execute = promisify(execFile);

const RUNNERS: Record<string, { program: string; file: string; probe: string[] }> = {
  "Python (requests)": { program: "python3", file: "sample.py", probe: ["-c", "import requests"] },
  "JavaScript (Node.js)": { program: process.execPath, file: "sample.mjs", probe: ["--version"] },
  "Python (http.client)": { program: "python3", file: "sample.py", probe: ["-c", "import http.client"] },
  cURL: { program: "bash", file: "sample.sh", probe: ["-c", "curl --version"] },
};

const isInstalled = async ({ program, probe }: { program: string; probe: string[] }): Promise<boolean> =>
  execute(program, probe).then(
    () => true,
    () => false,
  );

const run = async ({ name, code }: CodeSample, env: Record<string, string>): Promise<void> => {
  const runner = RUNNERS[name];
  if (!runner) throw new Error(`nobody knows how to run the sample ${name}`);
  const folder = await mkdtemp(path.join(tmpdir(), "boring-sample-"));
  await writeFile(path.join(folder, runner.file), code);
  const options = { cwd: folder, env: { ...process.env, ...env } };
  await execute(runner.program, [runner.file], options).finally(() => rm(folder, { recursive: true }));
};

for (const name of Object.keys(RUNNERS)) {
  for (const place of ["in the code", "in the environment"]) {
    test(`the ${name} sample publishes with the key ${place}`, async ({ server, user }) => {
      const runner = RUNNERS[name];
      test.skip(!runner || !(await isInstalled(runner)), `what the ${name} sample needs is not installed here`);
      const { key } = await user.generateKey();
      const firstTry = (instead: string) => `For a first try only; then ${instead}`;
      const inCode = { publicUrl: server.url, secret: key, firstTry };
      const inEnvironment = { publicUrl: server.url, firstTry };
      const sample = toCodeSamples(place === "in the code" ? inCode : inEnvironment).find((one) => one.name === name);
      if (!sample) throw new Error(`there is no sample ${name}`);
      // The shell's sample sets the variable itself: pasting the key there is its one change.
      const code = sample.code.replace("boring_xxxxxxxxxxxxx", key);
      await run({ name, code }, { BORING_API_KEY: key });
      const { json } = await ask(server.url, "/v2/posts", { headers: withKey(key) });
      expect(json).toMatchObject({ count: 1, results: [{ text: ["Hello from Boring Console"] }] });
    });
  }
}
