import { useMemo } from 'react'
import type { Delta } from '../../core/cassette/delta.ts'
import { type ChunkField, fieldsOf } from '../../core/edits/chunk-fields.ts'
import type { JsonNode } from '../../core/syntax/json-node.ts'
import { setJson, setString } from '../../core/syntax/resolve.ts'
import { useDeck, useStores } from '../app/deck.ts'
import { placeInSource } from '../app/source-places.ts'
import { Button } from '../widgets/button.tsx'
import { EditableText } from '../widgets/editable-text.tsx'
import { EditableValue } from '../widgets/editable-value.tsx'
import { Disclosure } from '../widgets/fold.tsx'
import { fieldName } from './field-name.ts'

/** The strings of a chunk that say something, with their names. */
function sayingTexts(
  deltas: readonly Delta[],
): readonly { readonly name: string; readonly node: JsonNode }[] {
  return deltas.flatMap((delta) => {
    switch (delta.kind) {
      case 'text':
      case 'reasoning':
      case 'refusal':
        return [{ name: delta.kind, node: delta.text }]
      case 'tool-call':
        return delta.arguments ? [{ name: 'arguments', node: delta.arguments }] : []
      case 'stop':
        return [{ name: 'finish reason', node: delta.reason }]
      default:
        return []
    }
  })
}

/** A chunk unfolded: what it says and all its fields to edit, and its JSON as recorded beside them. */
export function ChunkDetails({
  index,
  deltas,
}: {
  readonly index: number
  readonly deltas: readonly Delta[]
}) {
  const deck = useDeck()
  const { document, interaction, edit, editable } = deck
  const { reveal, settings } = useStores()
  const node = document.node(interaction.stream.chunkNodes[index] ?? 0)
  const texts = sayingTexts(deltas)
  return (
    <div className="@container border-y bg-sunk/50 py-2 pr-3 pl-[58px] max-md:pl-4">
      <div className="grid gap-2 @2xl:grid-cols-2 @2xl:gap-6">
        <div className="grid min-w-0 content-start gap-2">
          {texts.map(({ name, node: text }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: node ids shift with each edit, an open editor must stay
            <div key={at} className="grid grid-cols-[76px_minmax(0,1fr)] gap-2.5">
              <span className="text-sm text-ink-2">{name}</span>
              <EditableText
                value={text.string() ?? ''}
                label={`${name} of chunk ${index}`}
                mono
                multiline
                placeholder="empty"
                disabled={!editable}
                onCommit={(next) =>
                  edit(`Edit chunk ${index}`, (current) => setString(current, text.at, next))
                }
              />
            </div>
          ))}
          <Disclosure title="Fields">
            <Fields index={index} data={node} />
          </Disclosure>
        </div>
        <div className="grid min-w-0 content-start gap-2">
          <EditableValue
            raw={node.raw}
            label={`Chunk ${index}`}
            open
            disabled={!editable}
            onCommit={(next) => edit(`Edit chunk ${index}`, (current) => setJson(current, node.at, next))}
          />
          <div>
            <Button
              onClick={() => {
                settings.update((value) => ({ ...value, sourceOpen: true }))
                reveal.set(placeInSource(deck, node))
              }}
            >
              Show in source
            </Button>
          </div>
        </div>
      </div>
    </div>
  )
}

/** Every scalar of a chunk, edited where it stands or in all chunks at once. */
function Fields({ index, data }: { readonly index: number; readonly data: JsonNode }) {
  const fields = useMemo(() => fieldsOf(data), [data])
  return (
    <dl className="mt-1 grid grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)] gap-x-3 gap-y-0.5 pointer-coarse:gap-y-3">
      {fields.map((field) => (
        <Field key={field.path} index={index} field={field} />
      ))}
    </dl>
  )
}

function Field({ index, field }: { readonly index: number; readonly field: ChunkField }) {
  const { interaction, edit, editable } = useDeck()
  const { overlay } = useStores()
  const { path, node } = field
  const name = fieldName(path)
  const text = node.string()
  const several = interaction.stream.chunkNodes.length > 1
  const label = `${name} of chunk ${index}`
  return (
    <>
      <dt className="recorded text-xs leading-5 text-ink-2 wrap-anywhere">
        <Path name={name} />
      </dt>
      <dd className="group/field flex min-w-0 items-start gap-1">
        <div className="min-w-0 flex-1">
          {text === undefined ? (
            <EditableValue
              raw={node.raw}
              label={label}
              disabled={!editable}
              onCommit={(next) => edit(`Set ${name} of chunk ${index}`, (now) => setJson(now, node.at, next))}
            />
          ) : (
            <EditableText
              value={text}
              label={label}
              mono
              multiline
              placeholder="empty"
              disabled={!editable}
              onCommit={(next) =>
                edit(`Set ${name} of chunk ${index}`, (now) => setString(now, node.at, next))
              }
            />
          )}
        </div>
        {several && (
          <button
            type="button"
            disabled={!editable}
            aria-label={`Set ${name} in all chunks`}
            title={`Set ${name} in all chunks`}
            onClick={() => overlay.set({ kind: 'stream', task: { kind: 'set-in-all', path } })}
            className="shrink-0 rounded px-1 text-xs leading-5 text-ink-3 opacity-0 group-hover/field:opacity-100 hover:text-ink focus-visible:opacity-100 pointer-coarse:min-h-10 pointer-coarse:opacity-100"
          >
            all…
          </button>
        )}
      </dd>
    </>
  )
}

/** A long path breaks between its steps, and its last step is what one looks for. */
function Path({ name }: { readonly name: string }) {
  const steps = name.split('.')
  return steps.map((step, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the path
    <span key={at} className={at < steps.length - 1 ? 'text-ink-3' : ''}>
      {step}
      {at < steps.length - 1 && '.'}
      <wbr />
    </span>
  ))
}
