// Exit codes: 0 the log is intact, 1 it was tampered with, 2 it could not be read.
import "#lib/server/prepare-process";
import { type AuditHead, type ChainReport, verifyAuditChain } from "#lib/audit/verify-audit-chain";
import { closeDatabase } from "#lib/db/database";
import { StartError, toStartSentence } from "#lib/server/start-error";

try {
  const report = await verifyAuditChain(readHead());
  await closeDatabase();
  console.log(describe(report));
  process.exitCode = "fault" in report ? 1 : 0;
} catch (error) {
  console.error(toStartSentence(error));
  process.exitCode = 2;
}

function readHead(): AuditHead | undefined {
  const given = process.argv.slice(2).join("=");
  if (given === "") return undefined;
  const [, seq, hash] = /^--head=(\d{1,18}):([0-9a-f]{64})$/.exec(given) ?? [];
  if (seq && hash) return { seq: BigInt(seq), hash };
  throw new StartError("The only option is --head <number>:<hash>, as an earlier run printed it.");
}

function describe(report: ChainReport): string {
  if (!("fault" in report)) return `${report.count} events, head ${report.head.seq}:${report.head.hash}`;
  const { fault, seq } = report;
  return {
    changed: `Event ${seq} was changed after it was written: its hash does not fit it.`,
    missing: `Event ${seq} is missing.`,
    unlinked: `Event ${seq} does not follow the one before it: one of the two was put there later, or written anew.`,
    noted: `Event ${seq} is not the one that was noted: the log was written anew.`,
  }[fault];
}
