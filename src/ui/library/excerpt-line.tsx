import type { Excerpt } from '../../core/library/search.ts'

const WHERE: Readonly<Record<Excerpt['where'], string>> = {
  request: 'asked',
  answer: 'answered',
  path: 'file',
  test: 'test',
  tool: 'tool',
}

/** Where the words of a query stand, with a little around them. */
export function ExcerptLine({ excerpt }: { readonly excerpt: Excerpt }) {
  return (
    <span className="block truncate text-sm text-ink-2" data-testid="hit">
      <span className="mr-2 text-ink-3">{WHERE[excerpt.where]}</span>
      <span className="recorded">
        {excerpt.before}
        <mark className="rounded-xs bg-tape-wash text-ink underline decoration-tape decoration-2 underline-offset-2">
          {excerpt.match}
        </mark>
        {excerpt.after}
      </span>
    </span>
  )
}
