import { writeJson } from '../../core/syntax/json-layout.ts'
import { setMember } from '../../core/syntax/json-member.ts'
import { editNode } from '../../core/syntax/resolve.ts'
import type { Address, Located } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { EditableText } from '../widgets/editable-text.tsx'
import { RecordedText } from './recorded.tsx'

/** A text member of an object; where there is none, typing one adds it. */
export function MemberText({
  object,
  member,
  located,
  label,
  className = '',
}: {
  readonly object: Address
  readonly member: string
  readonly located: Located<string> | undefined
  readonly label: string
  readonly className?: string
}) {
  const { edit, editable } = useDeck()
  if (located) {
    return (
      <RecordedText
        located={located}
        label={label}
        multiline
        className={className}
        placeholder={`empty ${member}`}
      />
    )
  }
  return (
    <EditableText
      value=""
      label={label}
      multiline
      className={className}
      placeholder={`no ${member}`}
      disabled={!editable}
      onCommit={(next) =>
        edit(`Add ${label}`, (document) =>
          editNode(document, object, (node) =>
            setMember(node, member, writeJson(next, node.document.habits)),
          ),
        )
      }
    />
  )
}
