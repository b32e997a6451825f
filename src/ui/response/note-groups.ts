import type { AssembledPart } from '../../core/cassette/stream.ts'

export type NotePart = Extract<AssembledPart, { kind: 'note' }>

/** Notes of one label that stand next to each other, as one line; everything else as it is. */
export type AnswerItem =
  | { readonly kind: 'part'; readonly part: Exclude<AssembledPart, NotePart> }
  | { readonly kind: 'notes'; readonly label: string; readonly notes: readonly NotePart[] }

/** What an answer shows, in stream order. */
export function answerItems(parts: readonly AssembledPart[]): readonly AnswerItem[] {
  const items: AnswerItem[] = []
  let open: { label: string; notes: NotePart[]; kind: 'notes' } | undefined
  for (const part of parts) {
    if (part.kind !== 'note') {
      items.push({ kind: 'part', part })
      open = undefined
    } else if (open?.label === subjectOf(part)) {
      open.notes.push(part)
    } else {
      open = { kind: 'notes', label: subjectOf(part), notes: [part] }
      items.push(open)
    }
  }
  return items
}

/** "url citation" of "url citation · The Rhine": the rest of a label names the one note. */
function subjectOf({ label }: NotePart): string {
  return label.split(' · ')[0] ?? label
}

/** What a note is besides what it is called: where it points to, its own words, or what its label adds. */
export function summaryOfNote({ label, json }: NotePart): string | undefined {
  const citation = citationOf(json.value)
  if (citation) return [citation.title, citation.host].filter(Boolean).join(' · ')
  const rest = label.split(' · ').slice(1).join(' · ')
  return shortNote(json.value) ?? (rest || undefined)
}

/** What a citation points to, in words: title and host, never an address that loads by itself. */
interface Citation {
  readonly title: string
  readonly host?: string
  readonly quote?: string
}

const TITLES = ['title', 'document_title', 'filename', 'file_name', 'name'] as const
const URLS = ['url', 'uri', 'source', 'link'] as const
const QUOTES = ['cited_text', 'quote', 'text'] as const

/** The members that providers name a source by, however deep (two levels) they put them; undefined where none is. */
function citationOf(raw: string): Citation | undefined {
  const value = parsed(raw)
  const objects = [value, ...Object.values(value ?? {}).filter(isObject)].filter(isObject)
  const url = firstString(objects, URLS, (text) => /^https?:\/\//i.test(text))
  const host = url === undefined || !URL.canParse(url) ? undefined : new URL(url).host
  const title = firstString(objects, TITLES)
  const quote = firstString(objects, QUOTES)
  if (host === undefined && (title === undefined || quote === undefined)) return undefined
  return {
    title: title ?? url ?? '',
    ...(host !== undefined && { host }),
    ...(quote !== undefined && { quote }),
  }
}

type JsonObject = Readonly<Record<string, unknown>>

/** Longer notes are no citations, and not worth the parsing. */
const LONGEST = 20_000

function parsed(raw: string): JsonObject | undefined {
  if (raw.length > LONGEST || !raw.trimStart().startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(raw)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function firstString(
  objects: readonly JsonObject[],
  keys: readonly string[],
  fits: (text: string) => boolean = (text) => text !== '',
): string | undefined {
  for (const object of objects) {
    for (const key of keys) {
      const value = object[key]
      if (typeof value === 'string' && fits(value)) return value
    }
  }
  return undefined
}

/** A note short enough to stand on its line: a scalar, without its quotes. */
function shortNote(raw: string): string | undefined {
  if (raw.length > 200 || /^[[{]/.test(raw)) return undefined
  if (!raw.startsWith('"')) return raw
  try {
    return String(JSON.parse(raw))
  } catch {
    return raw
  }
}
