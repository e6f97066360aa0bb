/** How wide and high a film is as it is seen, turned as it says. Undefined when nobody can tell. */
export const readVideoSize = async (path: string): Promise<{ width: number; height: number } | undefined> => {
  const { FilePathSource, Input, MP4, QTFF, WEBM } = await import("mediabunny");
  const input = new Input({ formats: [MP4, QTFF, WEBM], source: new FilePathSource(path) });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) return undefined;
    const [width, height] = [Math.round(await track.getDisplayWidth()), Math.round(await track.getDisplayHeight())];
    return width > 0 && height > 0 ? { width, height } : undefined;
  } catch {
    return undefined;
  } finally {
    input.dispose();
  }
};
