/** One JSON value a line (https://github.com/ndjson/ndjson-spec), empty lines allowed. */
import { listView } from '../projection/group-view.ts'
import { partOf, type View, verbatim } from '../projection/view.ts'
import { scanJson } from '../syntax/json-index.ts'
import { applyEdits, EditError, type TextEdit } from '../text/edit.ts'

interface Line {
  readonly start: number
  readonly end: number
  /** Behind its line end. */
  readonly next: number
}

/** Where the lines that are not empty stand, without the white space around them. */
function linesOf(text: string): readonly Line[] {
  const lines: Line[] = []
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start)
    const next = end === -1 ? text.length : end + 1
    const line = text.slice(start, next)
    const trimmed = line.trim()
    if (trimmed !== '') {
      const from = start + line.indexOf(trimmed)
      lines.push({ start: from, end: from + trimmed.length, next })
    }
    start = next
  }
  return lines
}

/**
 * A text of JSON values, one a line, as a list of them; undefined for anything else. The last line may be cut off.
 */
export function ndjsonView(text: string): View | undefined {
  const lines = linesOf(text)
  const isObject = ({ start }: Line): boolean => text[start] === '{' || text[start] === '['
  const [first] = lines
  if (first === undefined || !isObject(first)) return undefined
  let sound = 0
  while (sound < lines.length && isSound(text, lines[sound])) sound++
  if (sound < Math.max(1, lines.length - 1)) return undefined
  const whole = lines.slice(0, sound)
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const view = listView(
    whole.map(({ start, end }) => onOneLine(verbatim(partOf(text, start, end)))),
    {
      insert(position, json) {
        const following = whole[position]
        const offset = following?.start ?? whole.at(-1)?.next ?? text.length
        const isOpen = following === undefined && text[offset - 1] !== '\n'
        const line = flat(json)
        return [{ offset, length: 0, content: isOpen ? `${eol}${line}` : `${line}${eol}` }]
      },
      remove(position) {
        const line = whole[position]
        return line ? [{ offset: line.start, length: line.next - line.start, content: '' }] : []
      },
    },
  )
  return {
    ...view,
    put(edits) {
      const planned = view.put(edits)
      if (planned.length > 0 && /^\s*\[\s*[^[{\]\s]/.test(applyEdits(view.json, edits))) {
        throw new EditError('the first of these lines can only be an object or a list')
      }
      return planned
    },
  }
}

function isSound(text: string, line: Line | undefined): boolean {
  return line !== undefined && scanJson(text.slice(line.start, line.end)).valid
}

/** Raw line breaks in JSON are white space: one line is as good. */
function flat(json: string): string {
  return json.replace(/[\r\n]+\s*/g, ' ')
}

function onOneLine(view: View): View {
  return {
    ...view,
    put: (edits) =>
      view
        .put(edits)
        .map(
          (edit): TextEdit => (/[\r\n]/.test(edit.content) ? { ...edit, content: flat(edit.content) } : edit),
        ),
  }
}
