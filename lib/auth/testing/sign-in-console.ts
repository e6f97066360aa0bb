import type { Server } from "node:http";
import { startStandIn } from "#lib/auth/stand-in/start-stand-in";
import type { TestBrowser } from "#lib/auth/testing/open-test-browser";
import { closeDatabase, type Database, useMemoryDatabase } from "#lib/db/database";
import { findFreePort } from "#lib/testing/find-free-port";
import { useSettings } from "#lib/testing/process-state";

/** A console in this process, with an empty database and a stand-in for Google that listens. */
export type SignInConsole = {
  url: string;
  standInUrl: string;
  prisma: Database["prisma"];
  /** Changes who may sign in; empty: anybody. */
  allow(allowedSignIns: string): void;
  /** The session token that a browser holds. */
  sessionOf(browser: TestBrowser): string | undefined;
  stop(): Promise<void>;
};

/** Starts it. Anybody may sign in at first. */
export const startSignInConsole = async (): Promise<SignInConsole> => {
  const [port, standInPort] = [await findFreePort(), await findFreePort()];
  const url = `http://localhost:${port}`;
  const allow = (ALLOWED_SIGN_INS: string) =>
    useSettings({ PORT: String(port), STAND_IN_PORT: String(standInPort), ALLOWED_SIGN_INS });
  process.env.NEXTAUTH_SECRET = "a secret that nobody needs to keep";
  allow("");
  const { prisma } = await useMemoryDatabase();
  const standIn: Server = await startStandIn({ port: standInPort, publicUrl: url });
  return {
    ...{ url, standInUrl: `http://127.0.0.1:${standInPort}`, prisma, allow },
    sessionOf: ({ cookies }) => cookies.get(`localhost:${port} session`),
    stop: async () => {
      standIn.close();
      await closeDatabase();
    },
  };
};

/** Where an answer leads. */
export const locationOf = (response: Response): string => response.headers.get("location") ?? "";
