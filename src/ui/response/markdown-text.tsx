import { lexer, type Token, type Tokens } from 'marked'
import { memo, useMemo } from 'react'
import { lengthAt, type Track } from '../../core/cassette/stream.ts'
import { chunksArrived } from '../../workspace/playback.ts'
import { useSelect, useSettings, useStores } from '../app/deck.ts'

/**
 * The answer as markdown: marked only cuts it into tokens, which are drawn as React elements; raw HTML stays
 * the text it is, so no HTML string ever reaches the DOM. Blocks that are finished are frozen; only the tail
 * behind the last blank line is read again while it grows.
 */
export function MarkdownText({ track }: { readonly track: Track }) {
  const { playback } = useStores()
  const { showAhead } = useSettings()
  const arrived = useSelect(playback, (value) => lengthAt(track, chunksArrived(value) - 1))
  const text = track.text.slice(0, showAhead ? track.text.length : arrived)
  const cut = frozenLength(text)
  return (
    <div data-testid="assembled-text" data-view="markdown" className="markdown max-w-[64ch]">
      <Blocks text={text.slice(0, cut)} />
      <Blocks text={text.slice(cut)} />
    </div>
  )
}

const Blocks = memo(function Blocks({ text }: { readonly text: string }) {
  const tokens = useMemo(() => lexer(text), [text])
  return <TokenList tokens={tokens} />
})

/**
 * Length of the part that later text cannot change any more: up to the last blank line outside a code fence
 * that is followed by an unindented line which starts no list item (a list may still go on). Steps of about
 * 2,000 characters, so that the frozen part is seldom read anew.
 */
function frozenLength(text: string): number {
  let frozen = 0
  let fenced = false
  let lineStart = 0
  let afterBlank = false
  while (lineStart < text.length) {
    const found = text.indexOf('\n', lineStart)
    const lineEnd = found === -1 ? text.length : found
    const line = text.slice(lineStart, lineEnd)
    if (!fenced && afterBlank && /^[^\s\-*+\d>|]/.test(line) && lineStart - frozen >= 2000) frozen = lineStart
    if (/^ {0,3}(?:```|~~~)/.test(line)) fenced = !fenced
    afterBlank = line.trim() === ''
    lineStart = lineEnd + 1
  }
  return frozen
}

function TokenList({ tokens }: { readonly tokens: readonly Token[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: tokens of one text have no other identity
  return tokens.map((token, at) => <MarkdownToken key={at} token={token} />)
}

/** marked's token types are open (extensions may add some); what is not known is shown as its source. */
function MarkdownToken({ token: generic }: { readonly token: Token }) {
  const token = generic as Tokens.Generic
  const inner = token.tokens ? <TokenList tokens={token.tokens} /> : decodeEntities(token.text ?? token.raw)
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
      return <code>{decodeEntities(token.text)}</code>
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
    case 'blockquote':
      return <blockquote>{inner}</blockquote>
    case 'list':
      return <List list={token as Tokens.List} />
    case 'table':
      return <Table table={token as Tokens.Table} />
    case 'link':
      return <SafeLink href={String(token.href)}>{inner}</SafeLink>
    case 'image':
      return <span className="text-ink-2">[image: {token.text || String(token.href)}]</span>
    default:
      return token.raw
  }
}

function List({ list }: { readonly list: Tokens.List }) {
  const items = list.items.map((item, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see TokenList
    <li key={at}>
      {item.task && (item.checked ? '☑ ' : '☐ ')}
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
function SafeLink({ href, children }: { readonly href: string; readonly children: React.ReactNode }) {
  if (!/^(?:https?:|mailto:)/i.test(href)) return <span title={href}>{children}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" title={href} className="text-tool underline">
      {children}
    </a>
  )
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
])

/** Entities of the source, as markdown means them. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES.get(entity) ?? entity)
}
