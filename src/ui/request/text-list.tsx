import { Plus } from 'lucide-react'
import { writeJson } from '../../core/syntax/json-layout.ts'
import { removeItems } from '../../core/syntax/json-list.ts'
import { appendTo } from '../../core/syntax/json-member.ts'
import { JsonDocument } from '../../core/syntax/json-node.ts'
import { editNode } from '../../core/syntax/resolve.ts'
import { formatAddress, holderOf, type Located, within } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { notify } from '../app/notices.ts'
import { RemoveButton, WordButton } from './form-parts.tsx'
import { RecordedText } from './recorded.tsx'
import { useRequestEditing } from './request-editing.ts'

/** A list of texts, each edited in its place. */
export function TextList({
  name,
  value,
  most,
  known,
}: {
  readonly name: string
  readonly value: Located<string>
  readonly most: number | undefined
  /** The texts that the API knows. */
  readonly known: readonly string[] | undefined
}) {
  const { edit, editable } = useDeck()
  const editing = useRequestEditing()
  const texts = [...(JsonDocument.of(value.value).root?.items() ?? [])].map((item) => item.string() ?? '')
  const itemPlace = (at: number): string => formatAddress(within(value.at, at))
  const say = (refusal: string | undefined, focus: string): void => {
    if (refusal !== undefined) notify(refusal, 'error')
    else editing?.focusNext([focus, formatAddress(value.at)])
  }
  const add = (text: string): void => {
    const holder = holderOf(value.at)
    if (holder === undefined) return
    say(
      edit(`Add to ${name}`, (document) =>
        editNode(document, holder.at, (object) =>
          appendTo(object, holder.token, writeJson(text, object.document.habits)),
        ),
      ),
      itemPlace(texts.length),
    )
  }
  const unused = known?.find((text) => !texts.includes(text))
  return (
    <ul className="flex min-w-0 flex-col items-start">
      {texts.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text is known by its place
        <li key={at} data-focus={itemPlace(at)} className="group/row flex max-w-full items-start gap-1">
          <RecordedText
            located={{ value: text, at: within(value.at, at) }}
            label={`${name} ${at + 1}`}
            mono
            multiline
            placeholder="empty text"
          />
          <span className="-my-0.5">
            <RemoveButton
              label={`${name} ${at + 1}`}
              disabled={!editable}
              onClick={() =>
                say(
                  edit(`Remove ${name} ${at + 1}`, (document) =>
                    editNode(document, value.at, (list) => [removeItems(list, at)]),
                  ),
                  itemPlace(Math.max(0, at - 1)),
                )
              }
            />
          </span>
        </li>
      ))}
      <li>
        <WordButton
          disabled={!editable}
          className="-ml-1.5"
          title={most === undefined ? undefined : `The API takes up to ${most}`}
          onClick={() => add(unused ?? '')}
        >
          <Plus size={12} aria-hidden />
          Add to {name}
        </WordButton>
      </li>
    </ul>
  )
}
