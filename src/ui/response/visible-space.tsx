import { Fragment } from 'react'

const SIGNS: ReadonlyMap<string, string> = new Map([
  [' ', '·'],
  ['\n', '↵'],
  ['\t', '→'],
  ['\r', '␍'],
])

/** A short recorded text on one line, its white space made visible and dimmed. */
export function VisibleSpace({ text }: { readonly text: string }) {
  const parts = text.slice(0, 400).split(/([ \n\t\r])/)
  return parts.map((part, at) => {
    const sign = SIGNS.get(part)
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other identity
    if (sign === undefined) return <Fragment key={at}>{part}</Fragment>
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <span key={at} aria-hidden="true" className="text-ink-3 opacity-75">
        {sign}
      </span>
    )
  })
}
