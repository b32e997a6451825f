/**
 * What a chat recording adds up to, by `JSON.parse` and plain loops alone: nothing of the program's own reading
 * is shared. The rules are those of the official accumulator, plus reasoning, which that does not know.
 */
import { at, parse } from './openai-sdk.ts'

export interface PlainCall {
  readonly index: number
  id: string
  name: string
  arguments: string
}

export interface PlainAnswer {
  readonly choice: number
  role: string
  content: string
  reasoning: string
  refusal: string
  finish: string
  calls: PlainCall[]
}

export interface PlainChat {
  readonly answers: readonly PlainAnswer[]
  readonly usage: unknown
}

/** The chunks' data of a stream, or the one whole response. */
export function plainChunks(text: string): readonly unknown[] {
  const body = at(parse(text), 'response', 'body')
  const items: readonly unknown[] = Array.isArray(body) ? body : body === null ? [] : [body]
  return items.map((item) => at(item, '__data__') ?? item)
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function str(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function addCall(answer: PlainAnswer, index: number, call: unknown, called: unknown): void {
  let known = answer.calls.find((other) => other.index === index)
  if (known === undefined) {
    known = { index, id: '', name: '', arguments: '' }
    answer.calls.push(known)
  }
  known.id = str(at(call, 'id')) || known.id
  known.name = str(at(called, 'name')) || known.name
  known.arguments += str(at(called, 'arguments'))
}

function addChoice(answer: PlainAnswer, choice: unknown): void {
  const said = at(choice, 'delta') ?? at(choice, 'message')
  answer.role = str(at(said, 'role')) || answer.role
  answer.content += str(at(said, 'content'))
  answer.reasoning += str(at(said, 'reasoning') ?? at(said, 'reasoning_content'))
  answer.refusal += str(at(said, 'refusal'))
  answer.finish = str(at(choice, 'finish_reason')) || answer.finish
  list(at(said, 'tool_calls')).forEach((call, position) => {
    addCall(answer, Number(at(call, 'index') ?? position), call, at(call, 'function'))
  })
  const legacy = at(said, 'function_call')
  if (legacy !== undefined && legacy !== null) addCall(answer, -1, undefined, legacy)
}

export function addUp(chunks: readonly unknown[]): PlainChat {
  const answers: PlainAnswer[] = []
  let usage: unknown
  for (const chunk of chunks) {
    for (const choice of list(at(chunk, 'choices'))) {
      const number = Number(at(choice, 'index') ?? 0)
      let answer = answers.find((other) => other.choice === number)
      if (answer === undefined) {
        answer = { choice: number, role: '', content: '', reasoning: '', refusal: '', finish: '', calls: [] }
        answers.push(answer)
      }
      addChoice(answer, choice)
    }
    usage = at(chunk, 'usage') ?? usage
  }
  for (const answer of answers) answer.calls.sort((a, b) => a.index - b.index)
  return { answers: answers.toSorted((a, b) => a.choice - b.choice), usage }
}

export function addUpText(text: string): PlainChat {
  return addUp(plainChunks(text))
}
