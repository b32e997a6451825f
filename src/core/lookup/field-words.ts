import { isPythonDict, isPythonList, type PythonValue } from '../syntax/python-json.ts'

export type Path = readonly (string | number)[]

/** The value at a path; undefined where there is none. */
export function valueAt(value: PythonValue | undefined, path: Path): PythonValue | undefined {
  let at = value
  for (const token of path) {
    if (isPythonDict(at)) at = at.get(String(token))
    else if (isPythonList(at) && typeof token === 'number') at = at[token]
    else return undefined
  }
  return at
}

/** The lists whose items are what is said, one after the other. */
export const MESSAGE_LISTS: ReadonlySet<string> = new Set(['messages', 'contents', 'input'])

const TOP: ReadonlyMap<string, string> = new Map([
  ['test_id', 'test id'],
  ['endpoint', 'url path'],
  ['tool_name', 'tool name'],
])

/**
 * A place in what is hashed, as a person calls it: "temperature", "message 3 (user)", "tool get_weather: description".
 * `root` is what the place is in.
 */
export function fieldWords(root: PythonValue, path: Path): string {
  const [top, key, position, ...rest] = path
  if (top !== 'body' && top !== 'payload' && top !== 'kwargs')
    return TOP.get(String(top)) ?? String(top ?? 'request')
  if (key === undefined) return String(top)
  if (typeof position === 'number') {
    const item = valueAt(root, path.slice(0, 3))
    if (MESSAGE_LISTS.has(String(key)) && isPythonDict(item)) return messageWords(item, position, rest)
    if (key === 'tools') return toolWords(item, position, rest)
  }
  return joined([key, ...path.slice(2)])
}

function messageWords(item: PythonValue | undefined, position: number, rest: Path): string {
  const role = textAt(item, ['role']) ?? textAt(item, ['type'])
  const name = `message ${position + 1}${role === undefined ? '' : ` (${role})`}`
  const [first, second, ...deeper] = rest
  if (first === undefined || (first === 'content' && second === undefined)) return name
  if ((first === 'content' || first === 'parts') && typeof second === 'number') {
    const [part = ''] = deeper
    const said = deeper.length === 0 || (deeper.length === 1 && part === 'text') ? '' : `, ${joined(deeper)}`
    return `${name}: part ${second + 1}${said}`
  }
  if (first === 'tool_calls' && typeof second === 'number') {
    const call = textAt(item, ['tool_calls', second, 'function', 'name'])
    const said = joined(deeper.filter((token) => token !== 'function'))
    return `${name}: tool call ${call ?? second + 1}${said === '' ? '' : `, ${said}`}`
  }
  return `${name}: ${joined(rest)}`
}

function toolWords(item: PythonValue | undefined, position: number, rest: Path): string {
  const name = `tool ${nameOfTool(item) ?? position + 1}`
  const said = joined(rest[0] === 'function' ? rest.slice(1) : rest)
  return said === '' ? name : `${name}: ${said}`
}

/** What a tool is called, wherever a provider writes it. */
export function nameOfTool(tool: PythonValue | undefined): string | undefined {
  return (
    textAt(tool, ['function', 'name']) ??
    textAt(tool, ['name']) ??
    textAt(tool, ['function_declarations', 0, 'name']) ??
    textAt(tool, ['server_label'])
  )
}

export function textAt(value: PythonValue | undefined, path: Path): string | undefined {
  const found = valueAt(value, path)
  return typeof found === 'string' ? found : undefined
}

function joined(path: Path): string {
  return path
    .map((token, at) => (typeof token === 'number' ? `[${token}]` : `${at === 0 ? '' : '.'}${token}`))
    .join('')
}
