import { existsSync, readFileSync } from "node:fs";

// The clock ticks in which every Linux kernel reports times to programs.
const TICKS_A_SECOND = 100;

/** A process's resident memory now, or its peak, in MiB. NaN where the kernel has no /proc. */
export const readMemory = (pid: number, field: "VmRSS" | "VmHWM" = "VmRSS"): number => {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(read(pid, "status"))?.[1];
  return Number(kibibytes ?? Number.NaN) / 1024;
};

/** The processor time of a process so far, including all threads, in seconds. NaN where the kernel has no /proc. */
export const readCpuSeconds = (pid: number): number => {
  // The second field is the program's name, which may contain spaces and parentheses.
  const fields = read(pid, "stat")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11] ?? Number.NaN) + Number(fields[12] ?? Number.NaN)) / TICKS_A_SECOND;
};

function read(pid: number, file: string): string {
  const path = `/proc/${pid}/${file}`;
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
