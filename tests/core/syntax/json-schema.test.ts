/** Changes of JSON schemas: only what is meant, in every layout, and back to the identical text. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renameMember } from '../../../src/core/syntax/json-member.ts'
import { JsonDocument, type JsonNode } from '../../../src/core/syntax/json-node.ts'
import {
  addItemsSchema,
  addOption,
  addProperty,
  readSchema,
  removeOption,
  removeProperty,
  renameProperty,
  type Schema,
  setRequired,
  setSchemaType,
} from '../../../src/core/syntax/json-schema.ts'
import { editNode } from '../../../src/core/syntax/resolve.ts'
import type { Address } from '../../../src/core/text/address.ts'
import { applyEdits, EditError, invertEdits, type TextEdit } from '../../../src/core/text/edit.ts'

type Change = (schema: JsonNode) => readonly TextEdit[]

const name = fc.constantFrom('city', 'days', 'a/b', '__proto__', 'constructor', 'größe', '', '0')

interface Made {
  readonly properties?: ReadonlyMap<string, object>
  readonly required?: readonly string[]
}

function write({ properties, required }: Made): string {
  const members = [...(properties ?? [])].map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  )
  const parts = [
    '"type":"object"',
    ...(required ? [`"required":${JSON.stringify(required)}`] : []),
    ...(properties ? [`"properties":{${members.join(',')}}`] : []),
    '"additionalProperties":false',
  ]
  return `{${parts.join(',')}}`
}

const made: fc.Arbitrary<Made> = fc
  .record({
    names: fc.uniqueArray(name, { maxLength: 5 }),
    required: fc.option(fc.array(name, { maxLength: 4 }), { nil: undefined }),
    has: fc.boolean(),
    leaf: fc.constantFrom<object>(
      { type: 'string' },
      { type: ['string', 'null'], description: 'ü' },
      { anyOf: [{ type: 'string' }], title: 'T' },
      { type: 'array', items: { type: 'integer', enum: [1, 2] } },
      {},
    ),
  })
  .map(({ names, required, has, leaf }) => ({
    ...(has && { properties: new Map(names.map((one) => [one, leaf])) }),
    ...(required && { required }),
  }))

const layout = fc.constantFrom<(json: string) => string>(
  (json) => json,
  (json) => JSON.stringify({ tool: JSON.parse(json) }, null, 2).slice(11, -2),
  (json) => JSON.stringify(JSON.parse(json), null, '\t'),
)

function change(text: string, plan: Change): string {
  const edits = plan(JsonDocument.of(text).node(0))
  const after = applyEdits(text, edits)
  JSON.parse(after)
  expect(applyEdits(after, invertEdits(text, edits))).toBe(text)
  return after
}

function read(text: string): Schema {
  return readSchema(JsonDocument.of(text).node(0), [{ in: 'json', pointer: '/schema' }])
}

const names = (schema: Schema): readonly string[] => schema.properties?.map((one) => one.name) ?? []
const required = (schema: Schema): readonly string[] =>
  schema.properties?.filter((one) => one.required).map((one) => one.name) ?? []
const others = (text: string): unknown => ({ ...JSON.parse(text), properties: 0, required: 0 })

describe('properties', () => {
  const property = (check: (text: string, pick: string, made: Made) => void): void =>
    fc.assert(
      fc.property(made, layout, name, (schema, lay, pick) => check(lay(write(schema)), pick, schema)),
      { numRuns: 300 },
    )

  it('come', () => {
    property((text, pick) => {
      const before = read(text)
      if (pick === '' || names(before).includes(pick)) {
        expect(() => change(text, (node) => addProperty(node, pick))).toThrow(EditError)
        return
      }
      const after = change(text, (node) => addProperty(node, pick))
      expect(names(read(after))).toEqual([...names(before), pick])
      expect(read(after).properties?.at(-1)?.schema.type).toBe('string')
      expect(others(after)).toEqual(others(text))
    })
  })

  it('go, and their entry in required with them', () => {
    property((text, pick) => {
      const before = read(text)
      if (!names(before).includes(pick)) {
        expect(() => change(text, (node) => removeProperty(node, pick))).toThrow(EditError)
        return
      }
      const after = change(text, (node) => removeProperty(node, pick))
      expect(names(read(after))).toEqual(names(before).filter((one) => one !== pick))
      const list = (json: string): readonly string[] => JSON.parse(json).required ?? []
      expect(list(after)).toEqual(list(text).filter((one) => one !== pick))
      expect(others(after)).toEqual(others(text))
    })
  })

  it('are called something else, in required too, and nothing else is touched', () => {
    property((text, pick) => {
      const before = read(text)
      if (!names(before).includes(pick)) return
      const after = change(text, (node) => renameProperty(node, pick, 'new "name"'))
      const renamed = (list: readonly string[]): readonly string[] =>
        list.map((one) => (one === pick ? 'new "name"' : one))
      expect(names(read(after))).toEqual(renamed(names(before)))
      expect(JSON.parse(after).required).toEqual(
        JSON.parse(text).required && renamed(JSON.parse(text).required),
      )
      expect(others(after)).toEqual(others(text))
      expect(change(after, (node) => renameProperty(node, 'new "name"', pick || 'x')).length).toBeGreaterThan(
        0,
      )
      const other = names(before).find((one) => one !== pick)
      if (other) expect(() => change(text, (node) => renameProperty(node, pick, other))).toThrow(/already/)
    })
  })

  it('become required, and no longer', () => {
    property((text, pick) => {
      if (!names(read(text)).includes(pick)) return
      const on = change(text, (node) => setRequired(node, pick, true))
      expect(required(read(on))).toContain(pick)
      const off = change(on, (node) => setRequired(node, pick, false))
      expect(required(read(off))).not.toContain(pick)
      expect(required(read(off))).toEqual(required(read(text)).filter((one) => one !== pick))
      expect(names(read(off))).toEqual(names(read(text)))
    })
  })
})

describe('the rest of a schema', () => {
  it('has a type, which may be several', () => {
    const set = (text: string, type: string | undefined): string =>
      change(text, (node) => setSchemaType(node, type))
    expect(set('{"description": "d"}', 'integer')).toBe('{"type": "integer", "description": "d"}')
    expect(set('{"type": "string", "x": 1}', 'string | null')).toBe('{"type": ["string", "null"], "x": 1}')
    expect(set('{"type": ["string", "null"], "x": 1}', 'array')).toBe('{"type": "array", "x": 1}')
    expect(set('{"type": "string", "x": 1}', undefined)).toBe('{"x": 1}')
  })

  it('has allowed values; the last takes the list along', () => {
    const one = change('{"type": "string"}', (node) => addOption(node, '"a"'))
    expect(one).toBe('{"type": "string", "enum": ["a"]}')
    const two = change(one, (node) => addOption(node, '0.0'))
    expect(two).toBe('{"type": "string", "enum": ["a", 0.0]}')
    expect(read(two).options?.map(({ value }) => value)).toEqual(['"a"', '0.0'])
    expect(change(two, (node) => removeOption(node, 0))).toBe('{"type": "string", "enum": [0.0]}')
    expect(change(one, (node) => removeOption(node, 0))).toBe('{"type": "string"}')
    expect(() => change(one, (node) => removeOption(node, 4))).toThrow(EditError)
  })

  it('says what the items of a list are', () => {
    const text = change('{"type":"array"}', addItemsSchema)
    expect(text).toBe('{"type":"array","items":{"type":"string"}}')
    expect(read(text).items?.at).toEqual([{ in: 'json', pointer: '/schema/items' }])
  })

  it('is shown as recorded where it is not known', () => {
    const text = '{"$ref": "#/x", "anyOf": [true], "required": "yes", "properties": {"a": true}, "type": 4}'
    const schema = read(text)
    expect(schema.others.map(({ key }) => key)).toEqual(['$ref', 'anyOf', 'required', 'type'])
    expect(schema.properties?.[0]?.schema.raw?.value).toBe('true')
    expect(read('[1]').raw?.value).toBe('[1]')
  })

  it('does not fall over a schema of any depth', () => {
    const deep = `${'{"items":'.repeat(400)}{}${'}'.repeat(400)}`
    expect(read(deep).items).toBeDefined()
  })

  it('inside of a JSON text in a string changes through that string', () => {
    const text = JSON.stringify({ body: JSON.stringify({ s: { properties: { ü: {} } } }) })
    const at: Address = [
      { in: 'json', pointer: '/body' },
      { in: 'json', pointer: '/s' },
    ]
    const edits = editNode(text, at, (node) => renameProperty(node, 'ü', 'x'))
    expect(JSON.parse(JSON.parse(applyEdits(text, edits)).body)).toEqual({ s: { properties: { x: {} } } })
  })
})

it('a key keeps its neighbours when it is renamed, all duplicates included', () => {
  const text = '{ "a" : 1, "\\u0061": 2,"b":3 }'
  const after = applyEdits(text, renameMember(JsonDocument.of(text).node(0), 'a', 'c'))
  expect(after).toBe('{ "c" : 1, "c": 2,"b":3 }')
})
