import { useMemo, useState } from 'react'
import type { JsonNode } from '../../core/syntax/json-node.ts'
import { Chevron, FoldButton, FoldedText, wholeCharacter } from './fold.tsx'
import { jsonPreview } from './json-preview.ts'

/** Members or items that come into the page at once. */
const PAGE = 100
/** A string longer than this is cut. */
const LONG_STRING = 400

/** One value of a JSON text under its key; objects and arrays open on demand. */
export function JsonTree({
  node,
  name,
  open = false,
}: {
  readonly node: JsonNode
  /** Key or position; none for the outermost value. */
  readonly name?: string | number
  readonly open?: boolean
}) {
  const [shown, setShown] = useState(open)
  if ((node.kind !== 'object' && node.kind !== 'array') || node.next === node.id + 1) {
    return (
      <span className="block min-w-0 pl-5 whitespace-pre-wrap wrap-anywhere">
        <Name name={name} />
        <Scalar node={node} />
      </span>
    )
  }
  return (
    <>
      <button
        type="button"
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
        className="flex max-w-full items-center gap-1.5 rounded-sm text-left hover:bg-sunk pointer-coarse:min-h-10"
      >
        <Chevron open={shown} />
        <span className="min-w-0 truncate">
          <Name name={name} />
          <span className="text-ink-3">{jsonPreview(node, shown)}</span>
        </span>
      </button>
      {shown && <Level node={node} />}
    </>
  )
}

function Level({ node }: { readonly node: JsonNode }) {
  const [limit, setLimit] = useState(PAGE)
  const entries = useMemo(() => childIds(node), [node])
  const rest = entries.length - limit
  return (
    <ul className="ml-[7px] border-l pl-1.5">
      {[...entries.subarray(0, limit)].map((id, position) => (
        <li key={id}>
          <Entry parent={node} id={id} position={position} />
        </li>
      ))}
      {rest > 0 && (
        <li className="pl-5">
          <FoldButton onClick={() => setLimit(limit + PAGE)}>
            show {Math.min(PAGE, rest)} more of {entries.length.toLocaleString('en')}
          </FoldButton>
        </li>
      )}
    </ul>
  )
}

function Entry({ parent, id, position }: { parent: JsonNode; id: number; position: number }) {
  const { document, kind } = parent
  if (kind === 'array') return <JsonTree node={document.node(id)} name={position} />
  return <JsonTree node={document.node(id + 1)} name={document.node(id).string() ?? ''} />
}

/** Ids of an array's items, or of an object's keys (the value is the node behind the key). */
function childIds(node: JsonNode): Int32Array {
  if (node.kind === 'array') return node.itemIds()
  const ids: number[] = []
  for (let id = node.id + 1; id + 1 < node.next; id = node.document.node(id + 1).next) ids.push(id)
  return Int32Array.from(ids)
}

function Name({ name }: { readonly name: string | number | undefined }) {
  if (name === undefined) return null
  const text = String(name)
  const cut = text.length > LONG_STRING ? `${text.slice(0, wholeCharacter(text, LONG_STRING))}…` : text
  return <span className={typeof name === 'number' ? 'text-ink-3' : 'text-ink-2'}>{cut}: </span>
}

/** Four colours: keys, strings, numbers, and the words true, false and null. */
function Scalar({ node }: { readonly node: JsonNode }) {
  const text = useMemo(() => node.string(), [node])
  if (text !== undefined) {
    return (
      <span className="text-ink">
        {'"'}
        <FoldedText text={text} cutAt={text.length > LONG_STRING ? wholeCharacter(text, 300) : undefined} />
        {'"'}
      </span>
    )
  }
  if (node.kind === 'number') return <span className="text-tool">{node.raw}</span>
  if (node.kind === 'object' || node.kind === 'array')
    return <span className="text-ink-3">{node.kind === 'array' ? '[ ]' : '{ }'}</span>
  return <span className="text-reasoning">{node.raw}</span>
}
