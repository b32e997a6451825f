/** The cassette whose reels turn while something plays. */
export function Brand({
  playing = false,
  compact = false,
}: {
  readonly playing?: boolean
  readonly compact?: boolean
}) {
  const reel = playing ? 'motion-safe:animate-[reel_2.4s_linear_infinite]' : ''
  return (
    <div className="flex shrink-0 items-center gap-2.5 font-semibold tracking-[-0.01em] whitespace-nowrap">
      <svg
        aria-hidden="true"
        width="26"
        height="18"
        viewBox="0 0 26 18"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      >
        <rect x=".75" y=".75" width="24.5" height="16.5" rx="3" />
        <g className={`origin-[8px_8px] ${reel}`}>
          <circle cx="8" cy="8" r="2.6" />
          <path d="M8 5.6V8" stroke="var(--tape)" />
        </g>
        <g className={`origin-[18px_8px] ${reel}`}>
          <circle cx="18" cy="8" r="2.6" />
          <path d="M18 10.4V8" stroke="var(--tape)" />
        </g>
        <path d="M6.5 17.2 8.3 13h9.4l1.8 4.2" />
      </svg>
      <span className={compact ? 'max-md:sr-only' : ''}>Cassette Deck</span>
    </div>
  )
}
