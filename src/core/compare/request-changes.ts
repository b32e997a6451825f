import type { Conversation } from '../cassette/conversation.ts'
import type { Located } from '../text/address.ts'
import { nodeOf, type Side } from './side.ts'
import type { Walk } from './walk.ts'
import { type ChangeKind, change, fromTo, isScalar, quote, quoteRaw, type WordedChange } from './words.ts'

/** Parameters, tools, response format, address and headers. Claims what it speaks about. */
export function requestChanges(before: Side, after: Side, walk: Walk): readonly WordedChange[] {
  const [old, now] = [before.interaction, after.interaction]
  const changes: WordedChange[] = [
    ...namedChanges(
      'parameter',
      before,
      after,
      parametersOf(old.conversation),
      parametersOf(now.conversation),
      walk,
    ),
    ...namedChanges('tool', before, after, toolsOf(old.conversation), toolsOf(now.conversation), walk),
    ...formatChanges(before, after, walk),
  ]
  const located = (
    kind: ChangeKind,
    noun: string,
    a: Located<string> | undefined,
    b: Located<string> | undefined,
    values = true,
  ): void => {
    walk.claim(nodeOf(before.document, a), nodeOf(after.document, b))
    if (a?.value === b?.value) return
    if (a === undefined) changes.push(change(kind, `${noun} added`))
    else if (b === undefined) changes.push(change(kind, `${noun} removed`))
    else
      changes.push(change(kind, values ? `${noun} ${quote(a.value)} → ${quote(b.value)}` : `${noun} changed`))
  }
  located('request', 'method', old.request.method, now.request.method)
  located('request', 'URL', old.request.url, now.request.url)
  changes.push(
    ...namedChanges(
      'header',
      before,
      after,
      new Map(old.request.headers.map(({ name, value }) => [name, value])),
      new Map(now.request.headers.map(({ name, value }) => [name, value])),
      walk,
    ),
  )
  located('test-id', 'test id', old.testId, now.testId, false)
  return changes
}

type Named = ReadonlyMap<string, Located<string>>

function parametersOf({ parameters }: Conversation): Named {
  return new Map(parameters.map(({ name, value }) => [name, value]))
}

/** Two tools of one name are told apart by their number. */
function toolsOf({ tools }: Conversation): Named {
  const named = new Map<string, Located<string>>()
  for (const { name, json } of tools) {
    let key = name
    for (let number = 2; named.has(key); number++) key = `${name} (${number})`
    named.set(key, json)
  }
  return named
}

const OWN_NAMES: ReadonlySet<string> = new Set(['model', 'input', 'prompt'])

function namedChanges(
  noun: 'parameter' | 'tool' | 'header',
  before: Side,
  after: Side,
  old: Named,
  now: Named,
  walk: Walk,
): readonly WordedChange[] {
  const kind: ChangeKind = noun === 'header' ? 'request' : noun
  const changes: WordedChange[] = []
  const [gone, come] = [
    [...old.keys()].filter((name) => !now.has(name)),
    [...now.keys()].filter((name) => !old.has(name)),
  ]
  const [from, to] = [gone[0], come[0]]
  if (noun === 'tool' && gone.length === 1 && come.length === 1 && from !== undefined && to !== undefined) {
    walk.claim(nodeOf(before.document, old.get(from)), nodeOf(after.document, now.get(to)))
    changes.push(change(kind, `tool ${quote(from)} is now ${quote(to)}`))
    old = new Map([...old].filter(([name]) => name !== from))
    now = new Map([...now].filter(([name]) => name !== to))
  }
  for (const [name, value] of now) {
    const was = old.get(name)
    if (was === undefined) {
      const said = noun === 'parameter' && isScalar(value.value) ? `: ${quoteRaw(value.value)}` : ''
      changes.push(change(kind, `${noun} ${quote(name)} added${said}`))
    } else {
      const [oldId, newId] = [nodeOf(before.document, was), nodeOf(after.document, value)]
      const differs =
        oldId !== undefined && newId !== undefined ? walk.differ(oldId, newId) : was.value !== value.value
      if (!differs) continue
      walk.claim(oldId, newId)
      changes.push(change(kind, differenceOf(noun, name, was.value, value.value)))
    }
    walk.claim(undefined, was === undefined ? nodeOf(after.document, value) : undefined)
  }
  for (const [name, value] of old) {
    if (now.has(name)) continue
    walk.claim(nodeOf(before.document, value), undefined)
    changes.push(change(kind, `${noun} ${quote(name)} removed`))
  }
  const common = [...old.keys()].filter((name) => now.has(name))
  const inNew = [...now.keys()].filter((name) => old.has(name))
  if (noun === 'tool' && common.some((name, at) => name !== inNew[at])) {
    changes.push(change(kind, 'tools reordered'))
    for (const value of old.values()) walk.claim(nodeOf(before.document, value), undefined)
    for (const value of now.values()) walk.claim(undefined, nodeOf(after.document, value))
  }
  return changes
}

/** "temperature 0.0 → 1.0"; what has no short value only changed. */
function differenceOf(noun: string, name: string, was: string, is: string): string {
  // a header may be a secret, and the diff beside it shows it to those who want to see it
  if (noun !== 'parameter') return `${noun} ${quote(name)} changed`
  const called = OWN_NAMES.has(name) ? `request ${name}` : name
  const values = fromTo(was, is).slice(1)
  return values === '' ? `parameter ${quote(name)} changed` : `${called}${values}`
}

function formatChanges(before: Side, after: Side, walk: Walk): readonly WordedChange[] {
  const [old, now] = [
    before.interaction.conversation.responseFormat,
    after.interaction.conversation.responseFormat,
  ]
  const [oldId, newId] = [nodeOf(before.document, old?.json), nodeOf(after.document, now?.json)]
  const said = (sentence: string): readonly WordedChange[] => {
    walk.claim(oldId, newId)
    return [change('response-format', sentence)]
  }
  if (old === undefined && now === undefined) return []
  if (old === undefined) return said(`response format ${now?.type} added`)
  if (now === undefined) return said(`response format ${old.type} removed`)
  if (old.type !== now.type) return said(`response format ${quote(old.type)} → ${quote(now.type)}`)
  if (oldId === undefined || newId === undefined || !walk.differ(oldId, newId)) return []
  const schema = old.schema?.value !== now.schema?.value
  return said(schema ? 'schema of the response format changed' : 'response format changed')
}
