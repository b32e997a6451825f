/** The table of parameters against the types of the official package: it cannot drift silently. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ParameterRule } from '../../../src/core/cassette/request-edits.ts'
import { CHAT_PARAMETERS } from '../../../src/core/dialects/openai-chat-parameters.ts'
import { PROJECT_ROOT } from '../../support/corpus.ts'

const TYPES = join(PROJECT_ROOT, 'node_modules/openai/resources')

/** Edited at their own places. */
const ELSEWHERE = ['messages', 'tools', 'response_format']

interface Member {
  readonly name: string
  readonly type: string
  readonly comment: string
}

/** The members of an interface that stands in a declaration file at the left margin. */
function membersOf(file: string, name: string): readonly Member[] {
  const text = readFileSync(join(TYPES, file), 'utf8')
  const body = new RegExp(`export interface ${name} \\{\\n([\\s\\S]*?)\\n\\}`).exec(text)?.[1]
  if (body === undefined) throw new Error(`there is no ${name} in ${file} any more`)
  return [...body.matchAll(/(\/\*\*[\s\S]*?\*\/)\n {4}(\w+)\??: ([\s\S]*?);(?:\n(?= {4}\/\*\*)|$)/g)].map(
    ([, comment = '', member = '', type = '']) => ({ name: member, type, comment }),
  )
}

const members = [...membersOf('chat/completions/completions.d.ts', 'ChatCompletionCreateParamsBase')]
const last = readFileSync(join(TYPES, 'chat/completions/completions.d.ts'), 'utf8')

function ruleOf(name: string): ParameterRule | undefined {
  return CHAT_PARAMETERS.find((rule) => rule.name === name)
}

/** The texts that a type allows, through one alias where there is one. */
function literals(type: string): readonly string[] {
  const alias = /^Shared\.(\w+)/.exec(type)?.[1]
  const shared = readFileSync(join(TYPES, 'shared.d.ts'), 'utf8')
  const whole = alias ? (new RegExp(`export type ${alias} = (.*);`).exec(shared)?.[1] ?? type) : type
  return [...whole.matchAll(/'([^']*)'/g)].map(([, text = '']) => text)
}

describe('the parameters of chat completions', () => {
  it('are found in the types', () => {
    expect(members.length).toBeGreaterThan(30)
    expect(last).toContain('web_search_options?:')
  })

  it('are those of the official package, no more and no less', () => {
    const theirs = members.map(({ name }) => name).filter((name) => !ELSEWHERE.includes(name))
    expect(CHAT_PARAMETERS.map(({ name }) => name).toSorted()).toEqual(theirs.toSorted())
  })

  for (const { name, type, comment } of members.filter((member) => !ELSEWHERE.includes(member.name))) {
    it(`${name} is what the types say`, () => {
      const rule = ruleOf(name)
      expect(rule?.deprecated ?? false).toBe(/@deprecated/.test(comment))
      switch (rule?.kind.is) {
        case 'number':
        case 'integer':
          expect(type).toMatch(/^number/)
          break
        case 'boolean':
          expect(type).toMatch(/^boolean/)
          break
        case 'text':
          expect(type).toMatch(/string/)
          break
        case 'one of':
          expect(rule.kind.values.toSorted()).toEqual(
            (literals(type).length > 0 ? literals(type) : ['none', 'auto', 'required']).toSorted(),
          )
          break
        case 'texts':
          expect(type).toMatch(/Array</)
          expect(rule.kind.values?.toSorted() ?? []).toEqual(literals(type).toSorted())
          expect(rule.kind.orText ?? false).toBe(type.startsWith('string'))
          break
        case 'object':
          expect(type).not.toMatch(/^(?:string|number|boolean)\b/)
          break
        default:
          throw new Error('no rule')
      }
    })
  }

  for (const { name, type, comment } of members) {
    const range = /[Bb]etween (-?[\d.]+) and (-?[\d.]+?)\b/.exec(comment.replaceAll(/\s*\n\s*\*\s*/g, ' '))
    if (range === null || !type.startsWith('number')) continue
    it(`${name} has the range that its description says`, () => {
      expect(ruleOf(name)?.kind).toMatchObject({ min: Number(range[1]), max: Number(range[2]) })
    })
  }

  it('begin with what they may be', () => {
    for (const { name, kind, start, about } of CHAT_PARAMETERS) {
      const value: unknown = JSON.parse(start)
      const is = Array.isArray(value) ? 'list' : typeof value
      const allowed = { 'one of': 'string', text: 'string', texts: 'list', integer: 'number' } as const
      if (kind.is !== 'object')
        expect(is, name).toBe(kind.is in allowed ? allowed[kind.is as 'text'] : kind.is)
      if (kind.is === 'one of') expect(kind.values).toContain(value)
      expect(about, name).toMatch(/^[A-Z][^\n]{8,90}\.$/)
    }
  })
})
