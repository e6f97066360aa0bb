type IconProps = { className?: string };

function Icon({ d, className = "size-4" }: IconProps & { d: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`shrink-0 ${className}`}
    >
      <path d={d} />
    </svg>
  );
}

export const CheckIcon = (props: IconProps) => <Icon d="m3 8.5 3.2 3.2L13 5" {...props} />;
export const CloseIcon = (props: IconProps) => <Icon d="m4 4 8 8m0-8-8 8" {...props} />;
export const ChevronIcon = (props: IconProps) => <Icon d="m4.5 6.5 3.5 3.5 3.5-3.5" {...props} />;
export const CopyIcon = (props: IconProps) => <Icon d="M6 6h7.5v7.5H6zM3.5 10h-1V2.5H10v1" {...props} />;
export const WarningIcon = (props: IconProps) => <Icon d="M8 2.2 14.6 13.5H1.4zm0 4.3v3.2m0 1.9v.1" {...props} />;
