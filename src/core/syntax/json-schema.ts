/**
 * JSON Schema (https://json-schema.org/draft/2020-12) as far as tools and response formats use it: types,
 * descriptions, properties, items, enumerations. Everything else is read as it is recorded and never touched.
 * The planners work on one schema object and change only what they mean.
 */
import { type Address, type Located, within } from '../text/address.ts'
import { EditError, type TextEdit } from '../text/edit.ts'
import { writeJson } from './json-layout.ts'
import { removeItems, removeMember } from './json-list.ts'
import { appendTo, removeStrings, renameMember, setMember } from './json-member.ts'
import type { JsonNode } from './json-node.ts'

export const SCHEMA_TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const

export interface SchemaProperty {
  readonly name: string
  readonly required: boolean
  readonly schema: Schema
}

/** A schema to look at; each part knows where it stands. */
export interface Schema {
  readonly at: Address
  /** `string`, or `string | null` where several are allowed; undefined where none is said. */
  readonly type?: string
  readonly description?: Located<string>
  readonly properties?: readonly SchemaProperty[]
  readonly items?: Schema
  /** The allowed values, raw. */
  readonly options?: readonly Located<string>[]
  /** What is not read here, raw. */
  readonly others: readonly { readonly key: string; readonly value: Located<string> }[]
  /** Raw JSON in the place of a schema: `true`, or something that is none. */
  readonly raw?: Located<string>
}

/** Deeper ones are shown as recorded. */
const DEEPEST = 24

/** Reads a schema; `at` is where the node stands in the file. */
export function readSchema(node: JsonNode, at: Address, depth = 0): Schema {
  if (node.kind !== 'object' || depth > DEEPEST) return { at, others: [], raw: { value: node.raw, at } }
  const found: { -readonly [Key in keyof Schema]?: Schema[Key] } = {}
  const others: { key: string; value: Located<string> }[] = []
  for (const { key, value } of node.effectiveMembers()) {
    const there = within(at, key)
    const type = key === 'type' ? typeOf(value) : undefined
    if (type !== undefined) found.type = type
    else if (key === 'description' && value.kind === 'string') {
      found.description = { value: value.string() ?? '', at: there }
    } else if (key === 'properties' && value.kind === 'object') {
      found.properties = readProperties(node, value, there, depth)
    } else if (key === 'items' && value.kind === 'object') found.items = readSchema(value, there, depth + 1)
    else if (key === 'enum' && value.kind === 'array') {
      found.options = [...value.items()].map((item, position) => ({
        value: item.raw,
        at: within(there, position),
      }))
    } else if (key !== 'required' || !isOwnList(value)) {
      others.push({ key, value: { value: value.raw, at: there } })
    }
  }
  return { at, others, ...found }
}

function readProperties(
  schema: JsonNode,
  properties: JsonNode,
  at: Address,
  depth: number,
): readonly SchemaProperty[] {
  const required = new Set([...(schema.get('required')?.items() ?? [])].map((item) => item.string()))
  return [...properties.effectiveMembers()].map(({ key, value }) => ({
    name: key,
    required: required.has(key),
    schema: readSchema(value, within(at, key), depth + 1),
  }))
}

/** A list of names is shown at the properties that it is about. */
function isOwnList(required: JsonNode): boolean {
  return required.kind === 'array'
}

function typeOf(type: JsonNode): string | undefined {
  if (type.kind === 'string') return type.string()
  const names = [...type.items()].map((item) => item.string())
  return names.length > 0 && names.every((name) => name !== undefined) ? names.join(' | ') : undefined
}

/** Another type: one of `SCHEMA_TYPES`, several as `string | null`; undefined takes it away. */
export function setSchemaType(schema: JsonNode, type: string | undefined): readonly TextEdit[] {
  const names = type?.split(' | ') ?? []
  const json = names.length > 1 ? JSON.stringify(names) : JSON.stringify(type)
  return setMember(schema, 'type', json, 0)
}

/** A property that is a text at first. Refused when there is one of that name. */
export function addProperty(schema: JsonNode, name: string): readonly TextEdit[] {
  if (name === '') throw new EditError('a property needs a name')
  const properties = schema.get('properties')
  if (properties?.get(name) !== undefined) throw new EditError(`there is a property "${name}" already`)
  const habits = schema.document.habits
  if (properties?.kind === 'object') return setMember(properties, name, '{"type":"string"}')
  return setMember(schema, 'properties', `{${writeJson(name, habits)}:{"type":"string"}}`)
}

/** Takes a property away, and its name out of `required`. */
export function removeProperty(schema: JsonNode, name: string): readonly TextEdit[] {
  const properties = schema.get('properties')
  if (properties?.get(name) === undefined) throw new EditError(`there is no property "${name}" any more`)
  const required = schema.get('required')
  return [...removeMember(properties, name), ...(required ? removeStrings(required, name) : [])]
}

/** Gives a property another name: its key and its entries in `required`, nothing else. */
export function renameProperty(schema: JsonNode, from: string, to: string): readonly TextEdit[] {
  if (to === '') throw new EditError('a property needs a name')
  const properties = schema.get('properties')
  if (properties?.get(from) === undefined) throw new EditError(`there is no property "${from}" any more`)
  const content = writeJson(to, schema.document.habits)
  const entries = [...(schema.get('required')?.items() ?? [])].filter((item) => item.string() === from)
  return [
    ...renameMember(properties, from, to),
    ...entries.map(({ start, end }) => ({ offset: start, length: end - start, content })),
  ]
}

export function setRequired(schema: JsonNode, name: string, isRequired: boolean): readonly TextEdit[] {
  const required = schema.get('required')
  if (!isRequired) return required ? removeStrings(required, name) : []
  const isThere = [...(required?.items() ?? [])].some((item) => item.string() === name)
  return isThere ? [] : appendTo(schema, 'required', writeJson(name, schema.document.habits))
}

/** One more allowed value, as JSON text. */
export function addOption(schema: JsonNode, json: string): readonly TextEdit[] {
  return appendTo(schema, 'enum', json)
}

/** The last value takes `enum` along: an empty one allows nothing at all. */
export function removeOption(schema: JsonNode, position: number): readonly TextEdit[] {
  const list = schema.get('enum')
  if (list?.item(position) === undefined) throw new EditError('there is no such value any more')
  return list.item(1) === undefined ? removeMember(schema, 'enum') : [removeItems(list, position)]
}

/** What the items of a list are, where nothing says it yet. */
export function addItemsSchema(schema: JsonNode): readonly TextEdit[] {
  return setMember(schema, 'items', '{"type":"string"}')
}
