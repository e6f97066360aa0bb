import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { findFreePort } from "./find-free-port.ts";

export type Nginx = { url: string; stop(): Promise<void> };

/** Whether nginx is installed here; tests that need it say when it is not. */
export const hasNginx = (): boolean => {
  try {
    execFileSync("nginx", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

/** Starts a real nginx in front of a port, which keeps its idle connections to it for as long as is said. */
export const startNginx = async (upstreamPort: number, keepAliveSeconds: number): Promise<Nginx> => {
  const folder = mkdtempSync(path.join(tmpdir(), "boring-nginx-"));
  const port = await findFreePort();
  writeFileSync(path.join(folder, "nginx.conf"), configuration(folder, port, upstreamPort, keepAliveSeconds));
  const child = spawn("nginx", ["-p", folder, "-c", path.join(folder, "nginx.conf"), "-e", "stderr"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const kill = () => child.kill("SIGTERM");
  process.once("exit", kill);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await waitForPort(port, child);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill("SIGQUIT");
      await ended;
      process.off("exit", kill);
      rmSync(folder, { recursive: true });
    },
  };
};

function configuration(folder: string, port: number, upstreamPort: number, keepAliveSeconds: number): string {
  return `
daemon off;
${process.getuid?.() === 0 ? "user root;" : ""}
pid ${folder}/pid;
error_log stderr crit;
worker_processes 1;
events { worker_connections 256; }
http {
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join("\n  ")}
  upstream console { server 127.0.0.1:${upstreamPort}; keepalive 16; keepalive_timeout ${keepAliveSeconds}s; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://console;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
    }
  }
}`;
}

async function waitForPort(port: number, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error("nginx did not start");
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
