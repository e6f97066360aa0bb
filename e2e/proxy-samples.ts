import { readFileSync } from "node:fs";
import path from "node:path";

/** Where a proxy of a test listens, what it stands in front of, and where it may write. */
export type Place = { folder: string; port: number; upstreamPort: number; idleSeconds: number };

/** A proxy that docs/operators.md has a sample for, and how the sample is run here. */
export type ProxySample = {
  name: string;
  program: string;
  isSecure: boolean;
  /** Its whole configuration: the sample, and what its package brings around it. */
  toFile(sample: string, place: Place): string;
  toArguments(file: string, place: Place): string[];
};

const MODULES = "/usr/lib/apache2/modules";
const APACHE_MODULES = "mpm_event authz_core socache_shmcb ssl proxy proxy_http".split(" ");

// Where each waits for as long as its default is, a second does here.
export const PROXY_SAMPLES: ProxySample[] = [
  {
    name: "nginx",
    program: "nginx",
    isSecure: true,
    toFile: (sample, { folder, idleSeconds }) =>
      [
        `daemon off; pid ${folder}/pid; error_log stderr crit; events { worker_connections 256; }`,
        process.getuid?.() === 0 ? "user root;" : "",
        "http { access_log off;",
        ...["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`),
        sample.replace("keepalive 16;", `keepalive 16; keepalive_timeout ${idleSeconds}s;`),
        "}",
      ].join("\n"),
    toArguments: (file, { folder }) => ["-p", folder, "-c", file, "-e", "stderr"],
  },
  {
    name: "HAProxy",
    program: "haproxy",
    isSecure: true,
    toFile: (sample, { idleSeconds }) =>
      sample.replace("timeout http-keep-alive 60s", `timeout http-keep-alive ${idleSeconds}s`),
    toArguments: (file) => ["-db", "-f", file],
  },
  {
    name: "Caddy",
    program: "caddy",
    isSecure: false,
    toFile: (sample, { idleSeconds }) =>
      `{\n  admin off\n}\n${sample.replace(
        /(reverse_proxy \S+)/,
        `$1 {\n    transport http {\n      keepalive ${idleSeconds}s\n    }\n  }`,
      )}`,
    toArguments: (file) => ["run", "--adapter", "caddyfile", "--config", file],
  },
  {
    name: "Apache",
    program: "apache2",
    isSecure: true,
    toFile: (sample, { folder, port, idleSeconds }) =>
      [
        `ServerRoot ${folder}`,
        `PidFile ${folder}/pid`,
        `DefaultRuntimeDir ${folder}`,
        `ErrorLog ${folder}/errors`,
        "LogLevel crit",
        "ServerName localhost",
        `Listen 127.0.0.1:${port}`,
        ...APACHE_MODULES.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`),
        sample.replace("ttl=60", `ttl=${idleSeconds}`),
      ].join("\n"),
    toArguments: (file) => ["-f", file, "-D", "FOREGROUND"],
  },
  {
    name: "Varnish",
    program: "varnishd",
    isSecure: false,
    toFile: (sample) => sample,
    toArguments: (file, { folder, port, idleSeconds }) => [
      ...["-F", "-j", "none", "-f", file, "-a", `127.0.0.1:${port}`, "-n", `${folder}/varnish`, "-s", "malloc,16m"],
      ...["-p", `backend_idle_timeout=${idleSeconds}`],
    ],
  },
];

/** The sample of a proxy as docs/operators.md has it, with the addresses and files of this place. */
export const readSample = ({ name, isSecure }: ProxySample, { folder, port, upstreamPort }: Place): string => {
  const text = readFileSync(path.join(import.meta.dirname, "../docs/operators.md"), "utf8");
  const [, sample] = new RegExp(`^    # ${name}\\b.*\\n((?:    .*\\n|\\n(?=      ))+)`, "m").exec(text) ?? [];
  if (!sample) throw new Error(`docs/operators.md has no sample for ${name}`);
  return sample
    .replaceAll(/^ {4}/gm, "")
    .replaceAll("127.0.0.1:3000", `127.0.0.1:${upstreamPort}`)
    .replaceAll('"3000"', `"${upstreamPort}"`)
    .replaceAll(/listen 443|bind :443|\*:443/g, (found) => found.replace(/[*:]*443/, `127.0.0.1:${port}`))
    .replaceAll(/\/etc\/(ssl|haproxy)\/console/g, path.join(folder, "console"))
    .replaceAll("console.example.com", isSecure ? "localhost" : `http://localhost:${port}`);
};
