import { useMemo } from 'react'
import { JsonDocument } from '../../core/syntax/json-node.ts'
import { CopyButton } from './copy-button.tsx'
import { FoldedText } from './fold.tsx'
import { JsonTree } from './json-tree.tsx'

function documentOf(raw: string): JsonDocument | undefined {
  try {
    JSON.parse(raw)
  } catch {
    return undefined
  }
  return JsonDocument.of(raw)
}

/**
 * A JSON text to look at: a tree that opens level by level, numbers as the file writes them. The text is
 * indexed once and decoded only where it is unfolded. What is not JSON is shown as it is.
 */
export function JsonView({
  raw,
  label,
  open = false,
  className = '',
}: {
  /** JSON text, as the file writes it. */
  readonly raw: string
  /** Names the view and its copy button. */
  readonly label: string
  /** The outermost level is unfolded at first. */
  readonly open?: boolean
  readonly className?: string
}) {
  const root = useMemo(() => documentOf(raw)?.root, [raw])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls
    <div
      role="group"
      aria-label={label}
      className={`recorded group/json relative flow-root min-w-0 ${className}`}
    >
      <div
        className={`min-w-0 pr-7 leading-5 pointer-coarse:pr-11 ${root && root.next > root.id + 1 ? 'pointer-coarse:-mt-2.5' : ''}`}
      >
        {root ? (
          <JsonTree node={root} open={open} />
        ) : (
          <span className="whitespace-pre-wrap wrap-anywhere">
            <FoldedText text={raw} />
          </span>
        )}
      </div>
      <CopyButton
        text={raw}
        label={label}
        className="absolute -top-0.5 right-0 opacity-0 focus-visible:opacity-100 group-hover/json:opacity-100 pointer-coarse:-top-2.5 pointer-coarse:opacity-100"
      />
    </div>
  )
}
