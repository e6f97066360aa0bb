import { settings } from "#lib/env";
import manifest from "../../package.json" with { type: "json" };

/**
 * Who asks, with an address at which to find out more: servers of pictures refuse programs that do not give one.
 */
export const userAgent = (): string => `BoringConsole/${manifest.version} (+${settings().publicUrl})`;
