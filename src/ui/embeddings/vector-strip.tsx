const HEIGHT = 72
const STEP = 4

/** The numbers of one vector as bars above and below a line. */
export function VectorStrip({ bars }: { readonly bars: readonly number[] }) {
  const reach = Math.max(Number.MIN_VALUE, ...bars.map(Math.abs))
  const middle = HEIGHT / 2
  const least = Math.min(...bars).toPrecision(3)
  const most = Math.max(...bars).toPrecision(3)
  return (
    <svg
      role="img"
      aria-label={`The numbers of the vector as ${bars.length} bars, between ${least} and ${most}`}
      viewBox={`0 0 ${bars.length * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-[72px] w-full max-w-[420px] rounded border bg-bg"
    >
      <path d={`M0 ${middle}H${bars.length * STEP}`} stroke="var(--line-2)" strokeWidth={1} fill="none" />
      {bars.map((bar, at) => {
        const height = (Math.abs(bar) / reach) * (middle - 4)
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={at}
            x={at * STEP + 0.5}
            y={bar >= 0 ? middle - height : middle}
            width={STEP - 1}
            height={Math.max(0.5, height)}
            fill="var(--tool)"
          />
        )
      })}
    </svg>
  )
}
