import type { ToolDefinition } from '../../core/cassette/conversation.ts'
import { formatAddress } from '../../core/text/address.ts'
import { Disclosure } from '../widgets/fold.tsx'
import { RecordedText, RecordedValue } from './recorded.tsx'
import { Absent } from './row.tsx'

/** A section that opens, its title in line with the roles above. */
export const FOLDED_SECTION = 'border-b px-5 py-2.5 max-md:px-4'
/** Its content, in line with the texts above. */
export const FOLDED_CONTENT = 'mt-1 ml-[84px] min-w-0 max-md:ml-0'

/** The tools that were offered to the model. */
export function Tools({ tools }: { readonly tools: readonly ToolDefinition[] }) {
  if (tools.length === 0) return null
  const names = tools.map(({ name }) => name).join(', ')
  return (
    <Disclosure
      title={`Tools ${tools.length}`}
      aside={<span className="recorded">{names.slice(0, 200)}</span>}
      className={FOLDED_SECTION}
    >
      <ul className={`${FOLDED_CONTENT} flex flex-col gap-3`}>
        {tools.map((tool) => (
          <li key={formatAddress(tool.json.at)} className="min-w-0">
            <h4 className="recorded font-[550] wrap-anywhere">{tool.name}</h4>
            {tool.description ? (
              <RecordedText
                located={tool.description}
                label={`description of ${tool.name}`}
                multiline
                className="max-w-[64ch]"
                placeholder="empty description"
              />
            ) : (
              <Absent>no description</Absent>
            )}
            {tool.schema ? (
              <RecordedValue located={tool.schema} label={`schema of ${tool.name}`} />
            ) : (
              <RecordedValue located={tool.json} label={`definition of ${tool.name}`} />
            )}
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
