import type { Conversation, ToolDefinition } from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Located } from '../text/address.ts'
import { idPrefix, type Renames } from './generated-ids.ts'
import { differencesOf, type IsNoise, jsonOf, type ValueDifference } from './json-values.ts'
import { addressDiffers } from './meaning-address.ts'
import { type MessagePair, messagePairs, messageReasons } from './meaning-messages.ts'
import { type Reason, reason } from './meaning-words.ts'
import { isLink, isNoiseHeader, noiseGroup } from './noise-names.ts'
import type { Side } from './side.ts'
import { counted, fromTo, isScalar, quote, quoteRaw } from './words.ts'

/** Something of a request, messages and tools apart, that differs. */
export interface FieldDifference {
  readonly group: 'model' | 'address' | 'parameter' | 'response format' | 'header' | 'other'
  readonly name: string
  /** Raw JSON for parameters and formats, else the text. */
  readonly was?: string
  readonly is?: string
  /** Where in a list or an object the two differ. */
  readonly inside: readonly ValueDifference[]
}

export interface ToolDifference {
  readonly state: 'changed' | 'added' | 'removed' | 'renamed'
  readonly name: string
  /** The name that it had. */
  readonly oldName?: string
  /** Parts of a changed tool: its description, its schema at some place. */
  readonly parts: readonly ValueDifference[]
}

/** What was asked, on both sides. Plain data. */
export interface RequestMeaning {
  readonly fields: readonly FieldDifference[]
  readonly tools: readonly ToolDifference[]
  readonly toolsReordered: boolean
  readonly messages: readonly MessagePair[]
  readonly reasons: readonly Reason[]
}

export function requestMeaning(before: Side, after: Side, renames: Renames): RequestMeaning {
  const [old, now] = [before.interaction.conversation, after.interaction.conversation]
  const fields = [
    ...addressFields(before, after, renames),
    ...parameterFields(old, now, renames),
    ...formatFields(old, now),
    ...headerFields(before, after, renames),
    ...otherFields(before, after, renames),
  ]
  const tools = toolDifferences(old.tools, now.tools)
  const toolsReordered = reordered(old.tools, now.tools)
  const messages = messagePairs(before, after, renames)
  const reasons = [
    ...messageReasons(messages),
    ...fields.map((field) => reason('request', fieldWords(field))),
    ...tools.map((tool) => reason('request', toolWords(tool))),
    ...(toolsReordered ? [reason('request', 'tools come in another order')] : []),
  ]
  return { fields, tools, toolsReordered, messages, reasons }
}

function field(
  group: FieldDifference['group'],
  name: string,
  was: string | undefined,
  is: string | undefined,
  inside: readonly ValueDifference[] = [],
): FieldDifference {
  return { group, name, ...(was !== undefined && { was }), ...(is !== undefined && { is }), inside }
}

function addressFields(before: Side, after: Side, renames: Renames): readonly FieldDifference[] {
  const [old, now] = [before.interaction.request, after.interaction.request]
  const found: FieldDifference[] = []
  const [oldModel, newModel] = [old.model?.value, now.model?.value]
  if (oldModel !== newModel) found.push(field('model', 'model', oldModel, newModel))
  const [oldMethod, newMethod] = [old.method?.value, now.method?.value]
  if (
    oldMethod !== undefined &&
    newMethod !== undefined &&
    oldMethod.toUpperCase() !== newMethod.toUpperCase()
  )
    found.push(field('address', 'method', oldMethod, newMethod))
  const [oldUrl, newUrl] = [old.url?.value, now.url?.value]
  if (oldUrl !== undefined && newUrl !== undefined && addressDiffers(oldUrl, newUrl, renames))
    found.push(field('address', 'URL', oldUrl, newUrl))
  return found
}

/** Ids that stand for each other, wherever they stand. */
function sameIds(renames: Renames): IsNoise {
  return (key, was, is) => {
    const [old, now] = [was?.string(), is?.string()]
    if (old === undefined || now === undefined) return false
    return isLink(key) && idPrefix(old) !== undefined ? renames.agree(old, now) : renames.agreeIfIds(old, now)
  }
}

function parameterFields(old: Conversation, now: Conversation, renames: Renames): readonly FieldDifference[] {
  const [before, after] = [parametersOf(old), parametersOf(now)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)]
    return valueFields('parameter', name, was?.value, is?.value, renames)
  })
}

/** The model has a line of its own. */
function parametersOf({ parameters }: Conversation): ReadonlyMap<string, Located<string>> {
  return new Map(parameters.filter(({ name }) => name !== 'model').map(({ name, value }) => [name, value]))
}

function valueFields(
  group: FieldDifference['group'],
  name: string,
  was: string | undefined,
  is: string | undefined,
  renames: Renames,
): readonly FieldDifference[] {
  if (was === is) return []
  const [old, now] = [was === undefined ? undefined : jsonOf(was), is === undefined ? undefined : jsonOf(is)]
  if (old === undefined || now === undefined) {
    const ids = was !== undefined && is !== undefined && renames.agreeIfIds(was, is)
    return ids ? [] : [field(group, name, was, is)]
  }
  const linked = isLink(name) && bothText(old, now)
  if (linked && renames.agree(old.string() ?? '', now.string() ?? '')) return []
  const inside = differencesOf(old, now, sameIds(renames))
  return inside.length === 0
    ? []
    : [
        field(
          group,
          name,
          was,
          is,
          inside.filter(({ pointer }) => pointer !== ''),
        ),
      ]
}

function bothText(was: JsonNode, is: JsonNode): boolean {
  return was.kind === 'string' && is.kind === 'string'
}

function formatFields(old: Conversation, now: Conversation): readonly FieldDifference[] {
  const [was, is] = [old.responseFormat?.json.value, now.responseFormat?.json.value]
  if (was === is) return []
  const [one, other] = [
    was === undefined ? undefined : jsonOf(was),
    is === undefined ? undefined : jsonOf(is),
  ]
  const inside = one && other ? differencesOf(one, other) : []
  if (one && other && inside.length === 0) return []
  return [
    field(
      'response format',
      'response format',
      was,
      is,
      inside.filter(({ pointer }) => pointer !== ''),
    ),
  ]
}

function headerFields(before: Side, after: Side, renames: Renames): readonly FieldDifference[] {
  const headersOf = ({ interaction }: Side): ReadonlyMap<string, string> =>
    new Map(
      interaction.request.headers
        .filter(({ name }) => !isNoiseHeader(name))
        .map(({ name, value }) => [name.toLowerCase(), value.value]),
    )
  const [old, now] = [headersOf(before), headersOf(after)]
  // a format that records no headers says nothing about them
  if (before.interaction.request.headers.length === 0 || after.interaction.request.headers.length === 0)
    return []
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)]
    const same = was === is || (was !== undefined && is !== undefined && renames.agreeIfIds(was, is))
    return same ? [] : [field('header', name, was, is)]
  })
}

/** What else a recorder writes about the request; and a body that nobody reads as a conversation. */
function otherFields(before: Side, after: Side, renames: Renames): readonly FieldDifference[] {
  const [old, now] = [before.interaction, after.interaction]
  const found: FieldDifference[] = []
  const extrasOf = ({ request }: Side['interaction']): ReadonlyMap<string, string> =>
    new Map(request.extras.map(({ name, value }) => [name, value.value]))
  const [oldExtras, newExtras] = [extrasOf(old), extrasOf(now)]
  for (const [name, is] of newExtras) {
    const was = oldExtras.get(name)
    if (noiseGroup(name) === undefined && !TOLD.has(name) && was !== undefined)
      found.push(...valueFields('other', name, was, is, renames))
  }
  const isRead = [old, now].some(
    ({ conversation: { messages, tools, parameters } }) =>
      messages.length + tools.length + parameters.length > 0,
  )
  if (!isRead)
    found.push(...valueFields('other', 'body', old.request.body?.value, now.request.body?.value, renames))
  return found
}

/** Said elsewhere: by the line of the model, by that of the test. */
const TOLD: ReadonlySet<string> = new Set(['model', 'test_id', '__type__'])

function toolDifferences(
  old: readonly ToolDefinition[],
  now: readonly ToolDefinition[],
): readonly ToolDifference[] {
  const [before, after] = [numbered(old), numbered(now)]
  const gone = [...before.keys()].filter((name) => !after.has(name))
  const come = [...after.keys()].filter((name) => !before.has(name))
  const found: ToolDifference[] = []
  for (const [name, tool] of after) {
    const was = before.get(name)
    if (was === undefined || was.json.value === tool.json.value) continue
    const parts = partsOf(was, tool)
    if (parts.length > 0) found.push({ state: 'changed', name, parts })
  }
  const [from, to] = [gone[0], come[0]]
  if (gone.length === 1 && come.length === 1 && from !== undefined && to !== undefined) {
    const [was, is] = [before.get(from), after.get(to)]
    const parts = was && is ? partsOf(was, is) : []
    return [...found, { state: 'renamed', name: to, oldName: from, parts }]
  }
  return [
    ...found,
    ...come.map((name) => ({ state: 'added' as const, name, parts: [] })),
    ...gone.map((name) => ({ state: 'removed' as const, name, parts: [] })),
  ]
}

function partsOf(was: ToolDefinition, is: ToolDefinition): readonly ValueDifference[] {
  const [old, now] = [jsonOf(was.json.value), jsonOf(is.json.value)]
  if (old && now) return differencesOf(old, now)
  return was.json.value === is.json.value ? [] : [{ pointer: '', was: was.json.value, is: is.json.value }]
}

/** Two tools of one name are told apart by their number. */
function numbered(tools: readonly ToolDefinition[]): ReadonlyMap<string, ToolDefinition> {
  const named = new Map<string, ToolDefinition>()
  for (const tool of tools) {
    let key = tool.name
    for (let number = 2; named.has(key); number++) key = `${tool.name} (${number})`
    named.set(key, tool)
  }
  return named
}

function reordered(old: readonly ToolDefinition[], now: readonly ToolDefinition[]): boolean {
  const [before, after] = [[...numbered(old).keys()], [...numbered(now).keys()]]
  const common = before.filter((name) => after.includes(name))
  const kept = after.filter((name) => before.includes(name))
  return common.some((name, at) => name !== kept[at])
}

const PART_WORDS: readonly (readonly [words: string, at: RegExp])[] = [
  ['description', /^(?:\/function|\/toolSpec)?\/description$/],
  ['name', /^(?:\/function|\/toolSpec)?\/name$/],
  ['strict', /\/strict$/],
  [
    'schema',
    /\/(?:parameters|input_schema|inputSchema|parametersJsonSchema|schema|parameter_definitions)(?:\/|$)/,
  ],
]

/** Which part of a tool a place in its definition is in: "description", "schema". */
export function toolPart(pointer: string): string {
  return PART_WORDS.find(([, at]) => at.test(pointer))?.[0] ?? 'definition'
}

function toolWords({ state, name, oldName, parts }: ToolDifference): string {
  if (state === 'renamed') return `tool ${quote(oldName ?? '')} is now ${quote(name)}`
  if (state !== 'changed') return `tool ${quote(name)} ${state}`
  const named = [...new Set(parts.map(({ pointer }) => toolPart(pointer)))]
  return `${named.join(' and ')} of tool ${quote(name)} ${named.length > 1 ? 'differ' : 'differs'}`
}

function fieldWords({ group, name, was, is, inside }: FieldDifference): string {
  const called =
    group === 'model' || group === 'address' || group === 'response format' ? name : `${group} ${quote(name)}`
  if (was === undefined)
    return `${called} added${is !== undefined && isScalar(is) ? `: ${valueWords(group, is)}` : ''}`
  if (is === undefined) return `${called} removed`
  if (group === 'model' || group === 'address') return `${called} ${quote(was)} → ${quote(is)}`
  // a header may be a secret: those who want to see it look into the file
  if (group === 'header') return `${called} differs`
  const [first] = inside
  if (first === undefined) return `${called}${fromTo(was, is) || ' differs'}`
  const more = inside.length > 1 ? ` and ${counted(inside.length - 1, 'more place')}` : ''
  const values = first.was !== undefined && first.is !== undefined ? fromTo(first.was, first.is) : ''
  return `${called} differs at ${first.pointer}${values}${more}`
}

function valueWords(group: FieldDifference['group'], raw: string): string {
  return group === 'parameter' || group === 'other' ? quoteRaw(raw) : quote(raw)
}
