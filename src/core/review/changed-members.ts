/** The members of JSON or YAML that stand on the changed lines of a diff, whatever the rest of the file is. */
import type { Hunk } from './git-diff.ts'

/** Where a line stands, as far as the lines around it show. */
export type Area = 'request' | 'response' | 'unknown'

/** A member whose values differ, or (with an empty name) lines that name none. Values as they are written. */
export interface ChangedMember {
  readonly name: string
  readonly area: Area
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

interface Found {
  readonly name: string
  readonly area: Area
  readonly value: string
}

const REST_OF_VALUES = String.raw`-?\d[\d.eE+-]*|true|false|null|\[|\{`
/** A member inside of a line, with its value where that is on the line. */
const MEMBER = new RegExp(
  String.raw`"([A-Za-z_$][\w.$-]*)"\s*:\s*("(?:[^"\\]|\\.)*"|${REST_OF_VALUES})?`,
  'g',
)
/** The same in JSON that is a text inside of JSON. */
const INNER_MEMBER = new RegExp(
  String.raw`\\+"([A-Za-z_$][\w.$-]*)\\+"\s*:\s*(\\+"(?:[^"\\]|\\\\(?:\\.|[^"\\])|\\[^"\\])*\\+"|${REST_OF_VALUES})?`,
  'g',
)
/** Texts whose own JSON is not looked into: what is called has its own members. */
const OPAQUE = /^(?:arguments|partial_json|input)$/
/** A line of YAML. */
const YAML_MEMBER = /^(\s*(?:- )*)([A-Za-z_$][\w.$-]*|'[^']*'|"[^"]*"):(?:\s+(.*))?$/
/** What may stand around members and means nothing. */
const PUNCTUATION = /^(?:[\s{}[\],:"'|>\\-]|\\n|data:)*$/

/** What differs between the removed and the added lines of all hunks, by name, in order of appearance. */
export function changedMembers(hunks: readonly Hunk[]): readonly ChangedMember[] {
  const members = new Map<string, { name: string; area: Area; removed: string[]; added: string[] }>()
  const collect = (found: readonly Found[], side: 'removed' | 'added'): void => {
    for (const { name, area, value } of found) {
      const key = `${area} ${name}`
      const member = members.get(key) ?? { name, area, removed: [], added: [] }
      member[side].push(value)
      members.set(key, member)
    }
  }
  for (const hunk of hunks) {
    for (const { removed, added } of blocksOf(hunk)) {
      collect(without(removed, added), 'removed')
      collect(without(added, removed), 'added')
    }
  }
  return [...members.values()]
}

interface Block {
  readonly removed: Found[]
  readonly added: Found[]
}

/** Removed and added lines that stand together. */
function blocksOf({ lines }: Hunk): readonly Block[] {
  const blocks: Block[] = []
  const outer: { readonly indent: number; readonly name: string }[] = []
  let block: Block | undefined
  for (const line of lines) {
    const content = line.slice(1).replace(/\r?\n$/, '')
    const indent = content.search(/[^\s-]/)
    const first = /^[\s-]*\\*["']?([A-Za-z_$][\w.$-]*)\\*["']?\s*:/.exec(content)?.[1]
    if (indent >= 0) while ((outer.at(-1)?.indent ?? -1) >= indent) outer.pop()
    const area = areaOf([...outer.map(({ name }) => name), first ?? ''])
    const within = outer.at(-1)?.name ?? ''
    if (first !== undefined) outer.push({ indent, name: first })
    if (line.startsWith(' ')) {
      block = undefined
      continue
    }
    if (block === undefined) {
      block = { removed: [], added: [] }
      blocks.push(block)
    }
    ;(line.startsWith('-') ? block.removed : block.added).push(...membersOf(content, area, within))
  }
  return blocks
}

/** The innermost says it: a Responses API response quotes its request, a request may hold an earlier response. */
function areaOf(names: readonly string[]): Area {
  for (const name of names.toReversed()) {
    if (/^(?:request|req|requestBody|postData)$/i.test(name)) return 'request'
    if (/^(?:responses?|res|responseBody)$/i.test(name)) return 'response'
  }
  return 'unknown'
}

/** `outer`: the name of what the line lies in, for items of lists and lines of long texts. */
function membersOf(content: string, area: Area, outer: string): readonly Found[] {
  const isInner = !/[^\\]"|^"/.test(content) && content.includes('\\"')
  const found: Found[] = []
  let rest = ''
  let at = 0
  for (const match of content.matchAll(isInner ? INNER_MEMBER : MEMBER)) {
    const [whole, name = '', value = ''] = match
    if (!OPAQUE.test(name) && /\\"[\w.$-]+\\+"\s*:/.test(value)) {
      found.push(...membersOf(value.slice(1, -1), area, name))
    } else found.push({ name, area, value })
    rest += content.slice(at, match.index)
    at = match.index + whole.length
  }
  rest += content.slice(at)
  const yaml = found.length === 0 ? YAML_MEMBER.exec(content) : null
  if (yaml) return yamlMember((yaml[2] ?? '').replace(/^['"]|['"]$/g, ''), yaml[3] ?? '', area)
  if (!PUNCTUATION.test(rest)) {
    found.push({ name: outer, area, value: rest.trim().replace(/^- |,$/g, '') })
  }
  return found
}

function yamlMember(name: string, value: string, area: Area): readonly Found[] {
  const isText = !OPAQUE.test(name) && /"[\w.$-]+\\*"\s*:/.test(value)
  return isText ? membersOf(value.replace(/^["']|["']$/g, ''), area, name) : [{ name, area, value }]
}

/** Those of `some` that are not among `others`, each taken once. */
function without(some: readonly Found[], others: readonly Found[]): readonly Found[] {
  const counts = new Map<string, number>()
  for (const other of others) counts.set(keyOf(other), (counts.get(keyOf(other)) ?? 0) + 1)
  return some.filter((one) => {
    const left = counts.get(keyOf(one)) ?? 0
    counts.set(keyOf(one), left - 1)
    return left <= 0
  })
}

function keyOf({ name, value }: Found): string {
  return `${name}\n${value}`
}
