import { mkdtemp, rm } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Taken } from "#lib/media/check-medium";
import { serve, type TestServer } from "#lib/outbound/testing/test-server";
import { useMediaFolder, useSettings } from "#lib/testing/process-state";

/** The limits of a network that accepts everything. */
export const EVERYTHING: Taken = {
  media_types: ["image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4", "video/quicktime", "video/webm"],
  video: true,
  video_bytes: null,
  image_bytes: null,
  image_pixels: null,
  moving_types: ["image/gif"],
};

/** Starts an allowed media server and creates a data directory. Both are removed when the test ends. */
export const serveMedia = async (answer: RequestListener): Promise<TestServer & { dataDir: string }> => {
  const server = await serve(answer);
  const dataDir = await mkdtemp(path.join(tmpdir(), "boring-media-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  useSettings({ OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${server.port}`, DATA_DIR: dataDir });
  useMediaFolder();
  return { ...server, dataDir };
};
