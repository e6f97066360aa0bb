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
export const CalendarIcon = (props: IconProps) => <Icon d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3m5-3v3" {...props} />;
export const BellIcon = (props: IconProps) => (
  <Icon
    d="M8 2.2a4 4 0 0 0-4 4c0 3.3-1.5 4.6-1.5 4.6h11S12 9.5 12 6.2a4 4 0 0 0-4-4M6.7 13.3a1.4 1.4 0 0 0 2.6 0"
    {...props}
  />
);
export const ClockIcon = (props: IconProps) => <Icon d="M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2m0 3v3.2l2 1.8" {...props} />;
export const SendIcon = (props: IconProps) => <Icon d="M8 13.5v-11M3.8 6.7 8 2.5l4.2 4.2" {...props} />;
export const QuestionIcon = (props: IconProps) => (
  <Icon d="M5.3 5.4a2.7 2.7 0 1 1 4 2.4c-.9.5-1.3 1-1.3 2m0 3v.1" {...props} />
);
export const MinusIcon = (props: IconProps) => <Icon d="M3.5 8h9" {...props} />;
