type AvatarProps = { name: string; picture: string | null; isLarge?: boolean };

/** The person's picture. The initial behind it shows when the picture is missing or does not load. */
export function Avatar({ name, picture, isLarge = false }: AvatarProps) {
  const size = isLarge ? "size-16 text-title" : "size-7 text-small";
  return (
    <span
      aria-hidden="true"
      translate="no"
      className={`relative grid shrink-0 place-items-center overflow-hidden rounded-full bg-ink font-medium text-inverse ${size}`}
    >
      <span>{[...name][0]?.toUpperCase()}</span>
      {picture && (
        // biome-ignore lint/performance/noImgElement: Google serves it at this size, and next/image would cost script for nothing
        <img src={picture} alt="" referrerPolicy="no-referrer" className="absolute inset-0 size-full object-cover" />
      )}
    </span>
  );
}
