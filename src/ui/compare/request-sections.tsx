import type { FieldDifference, RequestMeaning, ToolDifference } from '../../core/compare/meaning.ts'
import { toolPart } from '../../core/compare/meaning-request.ts'
import { CompareSection, Row } from './compare-section.tsx'
import { MessageList } from './message-list.tsx'
import { DIFFERENCE } from './use-difference-keys.ts'
import { ValueChanges, valueText } from './value-changes.tsx'
import { WasIs, Words } from './words.tsx'

/** What was asked: where, with which parameters and tools, in which messages. */
export function RequestSections({ request }: { readonly request: RequestMeaning }) {
  const { fields, tools, toolsReordered, messages } = request
  const changed = messages.filter(({ state }) => state !== 'same').length
  const others = fields.length + tools.length + (toolsReordered ? 1 : 0)
  return (
    <>
      <CompareSection title="Request" differences={others}>
        {others === 0 && <p className="text-ink-3">Model, address, parameters and tools are the same.</p>}
        {fields.map((field) => (
          <Field key={`${field.group} ${field.name}`} field={field} />
        ))}
        {tools.map((tool) => (
          <Tool key={`${tool.state} ${tool.name}`} tool={tool} />
        ))}
        {toolsReordered && <p {...DIFFERENCE}>The tools come in another order.</p>}
      </CompareSection>
      <CompareSection
        title="Messages"
        differences={changed}
        same={messages.length === 1 ? '1 message is the same' : `${messages.length} messages are the same`}
      >
        <MessageList messages={messages} />
      </CompareSection>
    </>
  )
}

function Field({ field: { group, name, was, is, inside } }: { readonly field: FieldDifference }) {
  const plain = group === 'model' || group === 'address' || group === 'header'
  const text = (value: string | undefined): string | undefined =>
    value === undefined || plain ? value : valueText(value)
  // a header can be a key to somebody's account
  const isSecret = group === 'header' && was !== undefined && is !== undefined
  return (
    <div {...DIFFERENCE}>
      <Row name={group === 'header' ? `header ${name}` : name}>
        {isSecret ? (
          <p className="text-ink-2">differs; "Text" shows its values</p>
        ) : inside.length > 0 ? (
          <ValueChanges differences={inside} />
        ) : (
          <WasIs was={text(was)} is={text(is)} />
        )}
      </Row>
    </div>
  )
}

const TOOL_WORDS: Readonly<Record<ToolDifference['state'], string>> = {
  added: 'added',
  removed: 'removed',
  changed: 'changed',
  renamed: 'has another name',
}

function Tool({ tool: { state, name, oldName, parts } }: { readonly tool: ToolDifference }) {
  return (
    <div {...DIFFERENCE}>
      <Row name={`tool ${name}`}>
        <div className="grid gap-1">
          {state === 'renamed' ? <WasIs was={oldName} is={name} /> : <p>{TOOL_WORDS[state]}</p>}
          {parts.map((part) =>
            toolPart(part.pointer) === 'description' && part.was !== undefined && part.is !== undefined ? (
              <Words key={part.pointer} was={valueText(part.was)} is={valueText(part.is)} />
            ) : (
              <ValueChanges key={part.pointer} differences={[part]} />
            ),
          )}
        </div>
      </Row>
    </div>
  )
}
