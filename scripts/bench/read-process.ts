import { existsSync, readFileSync } from "node:fs";

// What the kernel counts in, towards programs, on every Linux.
const TICKS_A_SECOND = 100;

/** Resident memory of a process now, or the most that it ever had, in MiB. Not a number where the kernel has no /proc. */
export const readMemory = (pid: number, field: "VmRSS" | "VmHWM" = "VmRSS"): number => {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(read(pid, "status"))?.[1];
  return Number(kibibytes ?? Number.NaN) / 1024;
};

/** Processor time that a process has used so far, with all its threads. Not a number where the kernel has no /proc. */
export const readCpuSeconds = (pid: number): number => {
  // The second field is the program's name, which may hold spaces and parentheses.
  const fields = read(pid, "stat")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11] ?? Number.NaN) + Number(fields[12] ?? Number.NaN)) / TICKS_A_SECOND;
};

function read(pid: number, file: string): string {
  const path = `/proc/${pid}/${file}`;
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
