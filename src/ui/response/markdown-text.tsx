import type { Token, Tokens } from 'marked'
import { memo, useMemo } from 'react'
import { lengthAt, type Track } from '../../core/cassette/stream.ts'
import { chunksArrived } from '../../workspace/playback.ts'
import { useSelect, useSettings, useStores } from '../app/deck.ts'
import { decodeEntities, linkTarget, MarkdownReader, namesHost, plainText } from './markdown-blocks.ts'
import { blockEnds } from './text-blocks.ts'

/** Why the rest is shown as text. */
const TROUBLE = {
  nested: 'From here on as plain text: it is nested too deeply to be drawn as markdown.',
  long: 'From here on as plain text: the block before is too long to be drawn as markdown.',
} as const

/**
 * The answer as markdown: marked only cuts it into tokens, which are drawn as React elements; raw HTML stays
 * the text it is, so no HTML string ever reaches the DOM. Blocks that are finished are frozen; only the tail
 * is read again while it grows.
 */
export function MarkdownText({ track }: { readonly track: Track }) {
  const { playback } = useStores()
  const { showAhead } = useSettings()
  const arrived = useSelect(playback, (value) => lengthAt(track, chunksArrived(value) - 1))
  const shown = showAhead ? track.text.length : arrived
  const reader = useMemo(() => new MarkdownReader(track.text), [track.text])
  const { blocks, plainFrom, trouble } = useMemo(() => reader.read(shown), [reader, shown])
  return (
    <div data-testid="assembled-text" data-view="markdown" className="markdown max-w-[64ch]">
      {blocks.map(({ start, tokens }) => (
        <Block key={start} tokens={tokens} />
      ))}
      {trouble && <p className="text-sm text-ink-3">{TROUBLE[trouble]}</p>}
      {plainFrom < shown && <PlainText text={track.text} from={plainFrom} shown={shown} />}
    </div>
  )
}

const Block = memo(function Block({ tokens }: { readonly tokens: readonly Token[] }) {
  return <TokenList tokens={tokens} />
})

/** The characters as recorded, in blocks of which only the last one changes. */
function PlainText({
  text,
  from,
  shown,
}: {
  readonly text: string
  readonly from: number
  readonly shown: number
}) {
  const rest = useMemo(() => text.slice(from), [text, from])
  const ends = useMemo(() => blockEnds(rest), [rest])
  return (
    <div data-plain className="break-words whitespace-pre-wrap">
      {ends.map((end, at) => {
        const start = at === 0 ? 0 : (ends[at - 1] ?? 0)
        return start < shown - from ? (
          <PlainBlock key={end} text={rest.slice(start, Math.min(end, shown - from))} />
        ) : null
      })}
    </div>
  )
}

const PlainBlock = memo(function PlainBlock({ text }: { readonly text: string }) {
  return <div className="[contain-intrinsic-size:auto_400px] [content-visibility:auto]">{text}</div>
})

function TokenList({ tokens }: { readonly tokens: readonly Token[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: tokens of one text have no other identity
  return tokens.map((token, at) => <MarkdownToken key={at} token={token} />)
}

/** marked's token types are open (extensions may add some); what is not known is shown as its source. */
function MarkdownToken({ token: generic }: { readonly token: Token }) {
  const token = generic as Tokens.Generic
  const inner = token.tokens ? <TokenList tokens={token.tokens} /> : decodeEntities(token.raw)
  switch (token.type) {
    case 'space':
    case 'def':
      return null
    case 'paragraph':
      return <p>{inner}</p>
    case 'text':
      return inner
    case 'escape':
      return token.text
    case 'strong':
      return <strong>{inner}</strong>
    case 'em':
      return <em>{inner}</em>
    case 'del':
      return <del>{inner}</del>
    case 'codespan':
      return <code>{token.text}</code>
    case 'br':
      return <br />
    case 'hr':
      return <hr />
    case 'heading':
      return (
        <p className={`markdown-heading markdown-heading-${Math.min(token.depth as number, 3)}`}>{inner}</p>
      )
    case 'code':
      return (
        <pre>
          <code>{token.text}</code>
        </pre>
      )
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ '
    case 'blockquote':
      return <blockquote>{inner}</blockquote>
    case 'list':
      return <List list={token as Tokens.List} />
    case 'table':
      return <Table table={token as Tokens.Table} />
    case 'link':
      return <SafeLink link={token as Tokens.Link}>{inner}</SafeLink>
    case 'image':
      return <span className="text-ink-2">[image: {decodeEntities(token.text || String(token.href))}]</span>
    default:
      return token.raw
  }
}

function List({ list }: { readonly list: Tokens.List }) {
  const items = list.items.map((item, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see TokenList
    <li key={at}>
      <TokenList tokens={item.tokens} />
    </li>
  ))
  return list.ordered ? <ol start={Number(list.start) || 1}>{items}</ol> : <ul>{items}</ul>
}

function Table({ table }: { readonly table: Tokens.Table }) {
  return (
    <table>
      <thead>
        <tr>
          {table.header.map((cell, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see TokenList
            <th key={at}>
              <TokenList tokens={cell.tokens} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: see TokenList
          <tr key={at}>
            {row.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: see TokenList
              <td key={column}>
                <TokenList tokens={cell.tokens} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Recorded text may name any address: only web and mail links become links, and the host is shown. */
function SafeLink({ link, children }: { readonly link: Tokens.Link; readonly children: React.ReactNode }) {
  const target = linkTarget(String(link.href))
  if (target === undefined) return <span title={decodeEntities(String(link.href))}>{children}</span>
  return (
    <>
      <a
        href={target.href}
        target="_blank"
        rel="noopener noreferrer"
        title={target.href}
        className="text-tool underline"
      >
        {children}
      </a>
      {!namesHost(plainText(link.tokens), target.host) && (
        <span className="text-xs text-ink-3"> {target.host}</span>
      )}
    </>
  )
}
