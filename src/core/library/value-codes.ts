/**
 * The values that entries are filtered and counted by, as small numbers: a filter is decided once for each distinct
 * value instead of once for each file, and counting is adding to an array.
 */
import type { Entry } from './entry.ts'
import { foldText } from './fold-text.ts'
import type { ValueField } from './query-fields.ts'

/** Fields whose values are known one by one; paths and hashes are as many as there are files. */
export type CodedField = Exclude<ValueField, 'path' | 'hash'>

export class ValueCodes {
  readonly #byField = new Map<CodedField, KnownValues>()
  readonly #values: string[] = []
  readonly #folded: string[] = []
  readonly #fields: CodedField[] = []

  get count(): number {
    return this.#values.length
  }

  valueOf(code: number): string {
    return this.#values[code] ?? ''
  }

  fieldOf(code: number): CodedField | undefined {
    return this.#fields[code]
  }

  foldedOf(code: number): string {
    return this.#folded[code] ?? ''
  }

  codesOfField(field: CodedField): readonly number[] {
    return this.#byField.get(field)?.codes ?? []
  }

  /** All values of an entry. */
  codesOf({ path, facts, problem }: Entry): readonly number[] {
    const codes: number[] = []
    const add = (field: CodedField, value: string | undefined): void => {
      if (value === undefined || value === '') return
      const code = this.#code(field, value)
      if (!codes.includes(code)) codes.push(code)
    }
    for (const folder of foldersOf(path)) add('in', folder)
    add('problem', problem?.code)
    if (problem !== undefined) add('has', 'problem')
    if (facts === undefined) return codes
    for (const value of facts.models) add('model', value)
    for (const value of facts.providers) add('provider', value)
    for (const value of facts.tools) add('tool', value)
    for (const value of facts.offered) add('offered', value)
    for (const value of facts.finishes) add('finish', value)
    for (const value of facts.features) add('has', value)
    for (const value of facts.statuses) add('status', value)
    for (const value of facts.dialects) add('dialect', value)
    for (const value of facts.endpoints) add('endpoint', value)
    for (const value of facts.errors) add('error', value)
    add('outcome', facts.outcome)
    add('container', facts.container)
    add('test', facts.test)
    return codes
  }

  #code(field: CodedField, value: string): number {
    let known = this.#byField.get(field)
    if (known === undefined) {
      known = { bySpelling: new Map(), codes: [] }
      this.#byField.set(field, known)
    }
    const { bySpelling, codes } = known
    const found = bySpelling.get(value)
    if (found !== undefined) return found
    // two spellings are one value, as they are to a filter: under the one that came first
    const folded = foldText(value)
    const alike = bySpelling.get(folded)
    const code = alike ?? this.#values.length
    bySpelling.set(value, code)
    if (alike !== undefined) return code
    bySpelling.set(folded, code)
    codes.push(code)
    // dialects write one reason in two cases ("STOP", "stop"): it is named in the one that a standard has
    this.#values.push(field === 'finish' ? folded : value)
    this.#folded.push(folded)
    this.#fields.push(field)
    return code
  }
}

interface KnownValues {
  readonly bySpelling: Map<string, number>
  /** One for each value, however many spellings it has. */
  readonly codes: number[]
}

/** "a/b/c.json" is in "a/b/" and in "a/". */
export function foldersOf(path: string): readonly string[] {
  const folders: string[] = []
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    folders.push(path.slice(0, at + 1))
  }
  return folders
}
