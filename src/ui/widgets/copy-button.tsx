import { Check, Copy, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'

/** How long the button says what happened, in milliseconds. */
const SAY_FOR = 1500

/** Copies a text and says whether that worked. */
export function CopyButton({
  text,
  label,
  className = '',
}: {
  readonly text: string
  /** What is copied, as in "Copy <label>". */
  readonly label: string
  readonly className?: string
}) {
  const [result, setResult] = useState<'copied' | 'failed'>()
  useEffect(() => {
    if (result === undefined) return
    const timer = setTimeout(() => setResult(undefined), SAY_FOR)
    return () => clearTimeout(timer)
  }, [result])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setResult('copied')
    } catch {
      // no clipboard outside of a secure context, or the person said no
      setResult('failed')
    }
  }
  const Icon = result === undefined ? Copy : result === 'copied' ? Check : TriangleAlert
  const said = result === undefined ? '' : result === 'copied' ? 'Copied' : 'The clipboard is not available'
  return (
    <button
      type="button"
      aria-label={`Copy ${label}`}
      title={said || `Copy ${label}`}
      onClick={copy}
      className={`grid size-6 place-items-center rounded-md text-ink-3 hover:bg-sunk hover:text-ink pointer-coarse:size-10 ${className}`}
    >
      <Icon size={12} aria-hidden />
      <span role="status" className="sr-only">
        {said}
      </span>
    </button>
  )
}
