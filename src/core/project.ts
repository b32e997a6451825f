/** A file's text as one JSON document: its syntax is read, its format found, its bodies are unpacked. */
import type { Diagnostic } from './cassette/diagnostic.ts'
import { type Container, type StoredBodies, storedBodies } from './containers/container.ts'
import { CONTAINERS } from './containers/index.ts'
import { recogniseText } from './containers/not-yet.ts'
import { type Decoders, inflatedRegion } from './encoding/compression.ts'
import { utf8Region } from './encoding/utf8.ts'
import { unpackBody, unpackText } from './framing/body.ts'
import type { BodyInfo } from './framing/framing.ts'
import { readHttpTrace } from './projection/http-trace.ts'
import { asOneString, joinedRegion, jsonSource, type Source, type SyntaxId } from './projection/source.ts'
import { inside, type View } from './projection/view.ts'
import { scanJson } from './syntax/json-index.ts'
import { JsonDocument, type JsonNode } from './syntax/json-node.ts'
import { lineColumnAt } from './syntax/lines.ts'
import { spliceBetween, type TextEdit } from './text/edit.ts'
import { type Region, wholeRegion } from './text/region.ts'
import { readYaml } from './yaml/yaml-source.ts'

export interface Projected {
  readonly syntax: SyntaxId
  /** Undefined for a document that no format claims. */
  readonly container: { readonly format: Container; readonly because: string } | undefined
  readonly document: JsonDocument
  readonly bodies: StoredBodies
  /** The compression that was taken off the whole file, as an extension. */
  readonly packed?: string
  /** The way from the document back to the text; undefined where the document is the text. */
  readonly view: View | undefined
  /** How the packed body at a pointer is stored as the text that it is; undefined where it is none. */
  readonly asText: (pointer: string) => ReadableBody | undefined
  /** Spans are those of the text. */
  readonly diagnostics: readonly Diagnostic[]
}

export interface ReadableBody {
  /** Edits of the file's text that store it so, together with edits of the document beside it. */
  store(beside: readonly TextEdit[]): readonly TextEdit[]
  /** Bytes of the readable text. */
  readonly length: number
}

/** A text that is in no form known here, or breaks: with the sentence to say. */
export interface ProjectionProblem {
  readonly problem: Diagnostic
}

/** A JSON document always is something; for any other text undefined says that it is in no syntax known here. */
export function project(source: JsonDocument, decoders?: Decoders): Projected
export function project(
  source: JsonDocument | string,
  decoders?: Decoders,
): Projected | ProjectionProblem | undefined
export function project(
  source: JsonDocument | string,
  decoders: Decoders = {},
): Projected | ProjectionProblem | undefined {
  if (typeof source !== 'string') return projectSource(jsonSource(source), source, decoders)
  const packed = inflatedRegion(wholeRegion(source), undefined, decoders)
  if (packed && 'problem' in packed) {
    return problem('not-inflated', `This file is compressed and cannot be unpacked: ${packed.problem}.`)
  }
  if (packed === undefined) return projectText(source, decoders)
  const text = utf8Region(packed.region)
  const region = text ?? packed.region
  const inner = projectInner(region.text, decoders)
  return inner && 'document' in inner ? { ...lifted(inner, region), packed: EXTENSIONS[packed.how] } : inner
}

const EXTENSIONS = { gzip: '.gz', deflate: '.zz', zstd: '.zst', br: '.br' } as const

function projectInner(text: string, decoders: Decoders): Projected | ProjectionProblem | undefined {
  const index = scanJson(text)
  return index.valid ? project(new JsonDocument(text, index), decoders) : projectText(text, decoders)
}

/** What was read of a text inside the file, as read of the file. */
function lifted(inner: Projected, region: Region): Projected {
  const { view, document } = inner
  const own: View = view ?? {
    json: document.text,
    put: (edits) => edits,
    span: (start, end) => ({ start, end }),
  }
  return {
    ...inner,
    view: inside(region, own),
    asText(pointer) {
      const readable = inner.asText(pointer)
      return readable && { ...readable, store: (beside) => region.toOuter(...readable.store(beside)) }
    },
    diagnostics: inner.diagnostics.map(({ span, ...rest }) => rest),
  }
}

function problem(code: string, message: string): ProjectionProblem {
  return {
    problem: { severity: 'error', code, message, advice: 'Open an intact copy of the file.' },
  }
}

function projectText(text: string, decoders: Decoders): Projected | ProjectionProblem | undefined {
  if (/^httprr trace v\d/.test(text)) {
    const trace = readHttpTrace(text)
    return 'problem' in trace ? trace : projectSource(trace, JsonDocument.of(trace.json), decoders)
  }
  const body = projectBody(text, decoders)
  if (body) return body
  if (recogniseText(text) !== undefined || !looksLikeYaml(text)) return undefined
  const yaml = readYaml(text)
  if ('problem' in yaml) {
    const { offset, message } = yaml.problem
    const { line, column } = lineColumnAt(text, offset)
    return {
      problem: {
        severity: 'error',
        code: 'not-yaml',
        message: `The YAML breaks at line ${line}, column ${column}: ${message}.`,
        advice: 'Repair it in the source, or open an intact copy of the file.',
        span: { start: offset, end: Math.min(offset + 1, text.length) },
      },
    }
  }
  const document = JsonDocument.of(yaml.json)
  // a line of prose is a YAML string as well
  if (document.root?.kind !== 'object' && document.root?.kind !== 'array') return undefined
  return projectSource(yaml, document, decoders)
}

/** The first line that says something is a key, a list's item or a document's beginning. */
function looksLikeYaml(text: string): boolean {
  return /^(?:[ \t]*(?:#.*)?\r?\n)*(?:---(?:\s|$)|%YAML|- |\? |["'\w.-]+[ \t]*:(?:[ \t\r\n]|$))/.test(
    text.slice(0, 4096),
  )
}

/** A file that is one body and nothing else: a stream, lines of JSON, binary events. */
function projectBody(text: string, decoders: Decoders): Projected | undefined {
  const isBytes = text.startsWith('\0')
  const { view, info } = unpackText(text, isBytes ? { encoding: 'bytes' } : {}, decoders)
  if (info.framing === 'text' || info.framing === 'none') return undefined
  const document = JsonDocument.of(view.json)
  const shape = { syntax: 'body', framing: info.framing } as const
  return {
    syntax: 'body',
    document,
    view,
    container: document.root && bestContainer(document.root, (format, root) => format.sniff(root, shape)),
    bodies: storedBodies(new Map([['', info]])),
    asText: () => undefined,
    diagnostics: info.diagnostics,
  }
}

function bestContainer(
  root: JsonNode,
  sniff: (format: Container, root: JsonNode) => { readonly confidence: number; readonly because: string },
): Projected['container'] {
  let best: { readonly format: Container; readonly confidence: number; readonly because: string } | undefined
  for (const format of CONTAINERS) {
    if (best && best.confidence >= (format.atMost ?? 1)) continue
    const found = sniff(format, root)
    if (found.confidence > (best?.confidence ?? 0)) best = { format, ...found }
  }
  return best && { format: best.format, because: best.because }
}

/** Finds the format and shows the bodies that it keeps in strings as what they are. */
function projectSource(source: Source, document: JsonDocument, decoders: Decoders): Projected {
  const { syntax } = source
  const container =
    document.root && bestContainer(document.root, (format, root) => format.sniff(root, { syntax }))
  const holes = new Map<string, View>()
  const infos = new Map<string, BodyInfo>()
  const texts = new Map<string, { readonly region: Region; readonly text: string }>()
  if (document.root && container) {
    for (const body of container.format.bodies?.(document.root) ?? []) {
      const pointer = body.at.pointer
      const region =
        body.at.kind === 'array' && syntax === 'json'
          ? joinedRegion(wholeRegion(document.text), body.at, body.separator ?? '')
          : source.region(pointer)
      if (region === undefined) continue
      const isBytes = source.bytes?.has(pointer) === true
      const encoding = isBytes ? 'bytes' : source.binary.has(pointer) ? 'base64' : body.encoding
      const { view, info, text } = unpackBody(
        region,
        {
          ...(encoding && { encoding }),
          ...(body.contentEncoding !== undefined && { contentEncoding: body.contentEncoding }),
        },
        decoders,
      )
      infos.set(pointer, body.times ? { ...info, times: body.times } : info)
      if (text !== undefined && info.encodings.length > 0) {
        // the recorder takes a list of strings for packed pieces
        const isList = body.at.kind === 'array' && syntax === 'json'
        const home = isList ? asOneString(wholeRegion(document.text), body.at) : region
        texts.set(pointer, { region: home, text })
      }
      // a text that is only a text stays as the file spells it
      if (info.framing !== 'text' || encoding !== undefined) holes.set(pointer, view)
    }
  }
  const isText = syntax === 'json' && holes.size === 0
  const view = isText ? undefined : source.view(holes)
  const projected = view ? JsonDocument.of(view.json) : document
  const found = [...infos.values()].flatMap(({ diagnostics }) => diagnostics)
  return {
    syntax,
    container,
    document: projected,
    bodies: storedBodies(infos),
    view,
    asText(pointer) {
      const packed = texts.get(pointer)
      if (packed === undefined) return undefined
      const { region, text } = packed
      const splice = spliceBetween(region.text, text)
      const edits = source.asText?.(pointer, text) ?? (splice ? region.toOuter(splice) : [])
      return {
        store: (beside) => [...edits, ...(view?.put(beside) ?? beside)],
        length: new TextEncoder().encode(text).length,
      }
    },
    diagnostics: [...source.diagnostics, ...found],
  }
}
