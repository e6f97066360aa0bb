// Loaded before a server, whose computer's clock is then so much ahead of everybody else's, or behind.
import childProcess from "node:child_process";
import { syncBuiltinESMExports } from "node:module";

const { NODE_OPTIONS, CLOCK_AHEAD_SECONDS } = process.env;
const ahead = Number(CLOCK_AHEAD_SECONDS) * 1000;
const Right = Date;

globalThis.Date = new Proxy(Right, {
  construct: (target, given, made) =>
    Reflect.construct(target, given.length > 0 ? given : [Right.now() + ahead], made === Date ? target : made),
  apply: () => new Right(Right.now() + ahead).toString(),
  get: (target, name) => (name === "now" ? () => Right.now() + ahead : Reflect.get(target, name)),
});

// The stand-in for Google runs on the same computer.
const { spawn } = childProcess;
Object.assign(childProcess, {
  spawn: (program: string, args: string[], options: childProcess.SpawnOptions) =>
    Reflect.apply(spawn, childProcess, [
      program,
      args,
      { ...options, env: { ...options.env, NODE_OPTIONS, CLOCK_AHEAD_SECONDS } },
    ]),
});
syncBuiltinESMExports();
