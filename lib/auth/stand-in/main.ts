import { startStandIn } from "#lib/auth/stand-in/start-stand-in";

// Read here and not through lib/env: the server has checked these values, and zod would add a third to this process's
// memory.
const port = Number(process.env.STAND_IN_PORT);
const publicUrl = process.env.PUBLIC_URL ?? "";

// The server that started this process holds the other end of stdin. This process exits with it.
for (const event of ["end", "close", "error"]) process.stdin.on(event, () => process.exit(0));
process.stdin.resume();
process.on("SIGTERM", () => process.exit(0));

try {
  if (!Number.isInteger(port) || !URL.canParse(publicUrl)) {
    throw new Error(
      "set STAND_IN_PORT and PUBLIC_URL, for example STAND_IN_PORT=3001 PUBLIC_URL=http://localhost:3000",
    );
  }
  await startStandIn({ port, publicUrl: new URL(publicUrl).origin });
  console.log("ready");
} catch (error) {
  console.error(toSentence(error as NodeJS.ErrnoException));
  process.exit(1);
}

function toSentence({ code, message }: NodeJS.ErrnoException): string {
  const reason = code === "EADDRINUSE" ? "is in use by another program" : code === "EACCES" && "may not be used";
  if (!reason) return `The stand-in for Google could not start: ${message}.`;
  return `STAND_IN_PORT ${port} ${reason}. Choose another, for example STAND_IN_PORT=${port > 60_000 ? port - 100 : port + 100}.`;
}
