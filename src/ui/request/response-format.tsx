import { lazy, Suspense } from 'react'
import type { ResponseFormat } from '../../core/cassette/conversation.ts'
import { useRequestEditing } from './request-editing.ts'
import { Section } from './row.tsx'

const FormatForm = lazy(async () => ({ default: (await import('./format-form.tsx')).FormatForm }))

/** In what form the answer was asked for. */
export function ResponseFormatSection({ format }: { readonly format: ResponseFormat | undefined }) {
  const editing = useRequestEditing()
  if (editing === undefined && format === undefined) return null
  return (
    <Section title="Response format">
      <Suspense fallback={<span className="recorded">{format?.type ?? 'none'}</span>}>
        <FormatForm format={format} />
      </Suspense>
    </Section>
  )
}
