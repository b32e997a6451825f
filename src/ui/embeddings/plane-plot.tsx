import type { Analysis } from './analyse.ts'

const WIDTH = 420
const HEIGHT = 220
const MARGIN = 18
/** More numbers would cover the points. */
const MOST_NUMBERED = 40

/** Points on a plane, numbered while there is room; a table of nearest pairs says the same in words. */
export function PlanePlot({
  points,
  nameOf,
}: {
  readonly points: Analysis['points']
  readonly nameOf: (at: number) => string
}) {
  const radius = points.length > 300 ? 1.5 : points.length > MOST_NUMBERED ? 2.5 : 3.5
  const x = (value: number): number => WIDTH / 2 + value * (WIDTH / 2 - MARGIN)
  const y = (value: number): number => HEIGHT / 2 - value * (HEIGHT / 2 - MARGIN)
  return (
    <svg
      role="img"
      aria-label={`${points.length.toLocaleString('en')} embeddings as points on a plane: near points are alike`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="w-full max-w-[420px] rounded border bg-bg"
    >
      <path
        d={`M0 ${HEIGHT / 2}H${WIDTH}M${WIDTH / 2} 0V${HEIGHT}`}
        stroke="var(--line)"
        strokeWidth={1}
        fill="none"
      />
      {points.map((point) => (
        <g key={point.at}>
          <circle cx={x(point.x)} cy={y(point.y)} r={radius} fill="var(--tool)" fillOpacity={0.75}>
            <title>{`${point.at + 1}: ${nameOf(point.at).slice(0, 300)}`}</title>
          </circle>
          {points.length <= MOST_NUMBERED && (
            <text x={x(point.x) + 6} y={y(point.y) + 3.5} fontSize={10} fill="var(--ink-2)">
              {point.at + 1}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}
