import { JsonDocument } from '../syntax/json-node.ts'

/** Enough of one value. */
const LONGEST_TEXT = 20_000

/** What a person would read in a request: its strings, one a line. `json` is the body's text. */
export function textsOf(json: string): string {
  const document = JsonDocument.of(json)
  const texts: string[] = []
  let length = 0
  for (let id = 0; id < document.index.count && length < LONGEST_TEXT; id++) {
    const node = document.node(id)
    if (node.end - node.start > LONGEST_TEXT || node.end - node.start < 4) continue
    const text = node.string()
    // long ones without a blank are pictures and ids
    if (text === undefined || (text.length > 60 && !/\s/.test(text.slice(0, 200)))) continue
    texts.push(text)
    length += text.length
  }
  return texts.join('\n')
}
