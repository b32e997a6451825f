/**
 * Who may import whom: the table of DESIGN section 3. Whatever is not listed fails, so a new folder or a new
 * package is a decision that is made here, in the open.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'
import { parseSync } from 'vite'
import { describe, expect, it, vi } from 'vitest'
import { PROJECT_ROOT } from './support/corpus.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

const SRC = join(PROJECT_ROOT, 'src')

interface Rule {
  /** Path below `src`, without a slash at its end; the longest that fits a file is its room. */
  readonly room: string
  readonly mayImport: readonly string[]
  /** Rooms of which only types may be imported. */
  readonly typesOf?: readonly string[]
  readonly packages?: readonly string[]
  /** Files of this room that belong to nobody in particular and may be imported by all in it. */
  readonly shared?: readonly string[]
}

const CORE_NOUNS = ['core/text', 'core/syntax', 'core/cassette']
const UI_PACKAGES = [
  'react',
  'react-dom',
  '@tanstack/react-query',
  'cmdk',
  'lucide-react',
  'marked',
  'radix-ui',
  'virtua',
]

/** A room may always import itself; the rooms in `SIBLINGS_APART` only as it says there. */
const RULES: readonly Rule[] = [
  { room: 'core/text', mayImport: [] },
  { room: 'core/syntax', mayImport: ['core/text'] },
  { room: 'core/cassette', mayImport: ['core/text', 'core/syntax'] },
  {
    room: 'core/encoding',
    mayImport: ['core/text', 'core/syntax'],
    packages: ['fflate', 'fzstd'],
  },
  {
    room: 'core/projection',
    mayImport: ['core/text', 'core/syntax', 'core/encoding'],
    typesOf: ['core/cassette'],
  },
  {
    room: 'core/yaml',
    mayImport: ['core/text', 'core/syntax', 'core/projection'],
    typesOf: ['core/cassette'],
  },
  {
    room: 'core/framing',
    mayImport: [...CORE_NOUNS, 'core/encoding', 'core/projection'],
    packages: ['@smithy/core'],
  },
  // DESIGN lists the three nouns only; a container hands over its body framed, as its own README says
  {
    room: 'core/containers',
    mayImport: [...CORE_NOUNS, 'core/framing'],
    typesOf: ['core/projection'],
    // SHA-256, synchronous and the same outside the browser
    packages: ['@noble/hashes'],
  },
  { room: 'core/dialects', mayImport: CORE_NOUNS },
  { room: 'core/exports', mayImport: CORE_NOUNS, packages: ['fflate', 'diff'] },
  { room: 'core/compare', mayImport: CORE_NOUNS },
  { room: 'core/file-text.ts', mayImport: ['core/encoding'], typesOf: ['core/cassette'] },
  { room: 'core/project.ts', mayImport: ['core'] },
  { room: 'core/open.ts', mayImport: ['core'] },
  { room: 'core/retype.ts', mayImport: [...CORE_NOUNS, 'core/dialects'], typesOf: ['core/open.ts'] },
  { room: 'core/naming.ts', mayImport: [...CORE_NOUNS, 'core/containers'] },
  { room: 'core/library', mayImport: CORE_NOUNS, typesOf: ['core/open.ts', 'core/naming.ts'] },
  {
    room: 'core/lookup',
    mayImport: [
      ...CORE_NOUNS,
      'core/compare',
      'core/containers',
      'core/library',
      'core/open.ts',
      'core/file-text.ts',
      'core/naming.ts',
    ],
  },
  { room: 'core/judge.ts', mayImport: ['core'] },
  { room: 'core/review', mayImport: [...CORE_NOUNS, 'core/compare', 'core/judge.ts', 'core/file-text.ts'] },
  { room: 'core/edits', mayImport: ['core'] },
  { room: 'workspace', mayImport: ['core'] },
  {
    room: 'platform',
    mayImport: ['core'],
    typesOf: ['workspace'],
    packages: ['idb', '@noble/hashes', 'brotli-dec-wasm', '@zip.js/zip.js'],
  },
  { room: 'queries', mayImport: ['core', 'workspace', 'platform'], packages: ['@tanstack/react-query'] },
  { room: 'ui', mayImport: ['ui', 'core', 'workspace', 'queries'], packages: UI_PACKAGES },
  {
    room: 'ui/source',
    // the one trusted types policy of the app, through which Monaco's workers start as well
    mayImport: ['ui', 'core', 'workspace', 'queries', 'platform/trusted-worker.ts'],
    packages: [...UI_PACKAGES, 'monaco-editor'],
  },
  {
    room: 'ui/compare',
    mayImport: ['ui', 'core', 'workspace', 'queries'],
    packages: [...UI_PACKAGES, 'monaco-editor'],
  },
  {
    room: 'main.tsx',
    mayImport: [''],
    packages: [
      'react',
      'react-dom',
      '@tanstack/react-query',
      '@fontsource-variable/inter',
      '@fontsource-variable/jetbrains-mono',
    ],
  },
]

/**
 * Rooms whose files are each other's equals and must not know each other: those that the room's index lists. A file of
 * them may have helpers of its own, named after it (`openai-chat-request.ts`); what is named after none is shared.
 */
const SIBLINGS_APART: Readonly<Record<string, string>> = {
  'core/framing': 'body.ts',
  'core/containers': 'index.ts',
  'core/dialects': 'index.ts',
  // has no index: every file is one
  'core/exports': '',
}

interface Import {
  readonly specifier: string
  readonly how: 'static' | 'dynamic' | 'type'
}

interface SourceFile {
  /** Below `src`, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** Every import of a source text: static, dynamic, type, re-export, `import("x").T`, `new URL("x", import.meta.url)`. */
function importsOf({ path, text }: SourceFile): readonly Import[] {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  const found: Import[] = []
  const add = (source: unknown, how: Import['how']): void => {
    const specifier = field(source, 'value')
    found.push({ specifier: typeof specifier === 'string' ? specifier : '(computed)', how })
  }
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const source = field(node, 'source')
    switch (field(node, 'type')) {
      case 'ImportDeclaration':
        add(source, isTypeOnly(node, 'importKind') ? 'type' : 'static')
        break
      case 'ExportAllDeclaration':
      case 'ExportNamedDeclaration':
        if (source) add(source, isTypeOnly(node, 'exportKind') ? 'type' : 'static')
        break
      case 'ImportExpression':
        add(source, 'dynamic')
        break
      case 'TSImportType':
        add(source, 'type')
        break
      case 'TSExternalModuleReference':
        add(field(node, 'expression'), 'static')
        break
      case 'NewExpression': {
        const [url, base] = (field(node, 'arguments') ?? []) as readonly unknown[]
        if (field(field(base, 'object'), 'type') === 'MetaProperty') add(url, 'dynamic')
        break
      }
    }
    Object.values(node).forEach(visit)
  }
  visit(program)
  return found
}

function field(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null
    ? (Object.getOwnPropertyDescriptor(node, name)?.value as unknown)
    : undefined
}

/** `import type {..}`, or `import {type A, type B}`; an import without names is there for its effect. */
function isTypeOnly(node: object, kind: 'importKind' | 'exportKind'): boolean {
  if (field(node, kind) === 'type') return true
  const names = (field(node, 'specifiers') ?? []) as readonly unknown[]
  return names.length > 0 && names.every((name) => field(name, kind) === 'type')
}

function isWithin(path: string, room: string): boolean {
  return room === '' || path === room || path.startsWith(`${room}/`)
}

function ruleOf(path: string): Rule | undefined {
  return RULES.filter(({ room }) => isWithin(path, room)).toSorted((a, b) => b.room.length - a.room.length)[0]
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function targetOf(from: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(from), specifier.replace(/\?.*$/, '')))
}

/** What is wrong with one import, or undefined. */
function violation(from: string, { specifier, how }: Import): string | undefined {
  const rule = ruleOf(from)
  if (rule === undefined) return `${from} lies in no room that is listed`
  if (!specifier.startsWith('.')) {
    const name = packageOf(specifier)
    return rule.packages?.includes(name) ? undefined : `${from} may not import the package ${name}`
  }
  const target = targetOf(from, specifier)
  const wrong = `${from} may not import ${target}${how === 'type' ? ' (type)' : ''}`
  if (target.startsWith('../')) return wrong
  const targetRoom = ruleOf(target)?.room
  if (targetRoom === rule.room) return siblingsMayMeet(rule.room, from, target) ? undefined : wrong
  if (rule.mayImport.some((room) => isWithin(target, room))) return undefined
  if (how === 'type' && rule.typesOf?.some((room) => isWithin(target, room))) return undefined
  return wrong
}

function siblingsMayMeet(room: string, from: string, target: string): boolean {
  const index = SIBLINGS_APART[room]
  const [importer, imported] = [stemOf(from), stemOf(target)]
  if (index === undefined || importer === stemOf(index)) return true
  if (index === '') return imported.startsWith(`${importer}-`)
  const equals = equalsOf(room, index)
  const owner = ownerOf(imported, equals)
  return owner === undefined || importer === owner || importer.startsWith(`${owner}-`)
}

function stemOf(path: string): string {
  return posix.basename(path).replace(/\.tsx?$/, '')
}

/** What the index of a room lists. */
function equalsOf(room: string, index: string): readonly string[] {
  const path = `${room}/${index}`
  const text = readFileSync(join(SRC, path), 'utf8')
  return importsOf({ path, text })
    .filter(({ specifier, how }) => how === 'static' && specifier.startsWith('./'))
    .map(({ specifier }) => stemOf(specifier))
}

/** The one that a file is, or is named after; the longest name counts. */
function ownerOf(stem: string, equals: readonly string[]): string | undefined {
  return equals
    .filter((equal) => stem === equal || stem.startsWith(`${equal}-`))
    .toSorted((a, b) => b.length - a.length)[0]
}

function violationsIn(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => importsOf(file).flatMap((found) => violation(file.path, found) ?? []))
}

/** Files that are loaded with `entry`, before anything is imported dynamically. */
function loadedWith(entry: string, files: readonly SourceFile[]): ReadonlySet<string> {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const loaded = new Set<string>()
  const waiting = [entry]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const file = byPath.get(path)
    if (file === undefined || loaded.has(path)) continue
    loaded.add(path)
    for (const { specifier, how } of importsOf(file)) {
      if (how === 'static' && specifier.startsWith('.')) waiting.push(targetOf(path, specifier))
    }
  }
  return loaded
}

function loadsMonacoAtOnce(files: readonly SourceFile[]): readonly string[] {
  const loaded = loadedWith('main.tsx', files)
  return files
    .filter((file) => loaded.has(file.path))
    .filter((file) =>
      importsOf(file).some(
        ({ specifier, how }) => how === 'static' && packageOf(specifier) === 'monaco-editor',
      ),
    )
    .map(({ path }) => path)
}

function sourceFiles(): readonly SourceFile[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .toSorted()
    .map((path) => ({
      path: path.split(sep).join('/'),
      text: readFileSync(join(SRC, path), 'utf8'),
    }))
}

function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}

describe('the source', () => {
  const files = sourceFiles()

  it('was found, with its imports', () => {
    expect(files.length).toBeGreaterThan(25)
    expect(files.flatMap(importsOf).length).toBeGreaterThan(50)
    expect(files.map(({ path }) => path)).toContain('core/open.ts')
  })

  it('imports only what the table allows', () => {
    expect(violationsIn(files)).toEqual([])
  })

  it('lies in rooms that are listed', () => {
    const homeless = files.filter(({ path }) => ruleOf(path) === undefined && !path.endsWith('.d.ts'))
    expect(homeless.map(({ path }) => path)).toEqual([])
  })

  it('loads the editor only when somebody asks for it', () => {
    expect(loadsMonacoAtOnce(files)).toEqual([])
  })

  it('has no file over 400 lines, and half of them have 120 or fewer', () => {
    const lengths = files.map(({ path, text }) => ({ path, lines: lineCount(text) }))
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([])
    const sorted = lengths.map(({ lines }) => lines).toSorted((a, b) => a - b)
    expect(sorted[Math.floor((sorted.length - 1) / 2)]).toBeLessThanOrEqual(120)
  })

  it('has a README in every folder that holds code', () => {
    const folders = new Set(files.map(({ path }) => dirname(path)).filter((folder) => folder !== '.'))
    expect(folders.size).toBeGreaterThan(5)
    const without = [...folders].filter((folder) => !existsSync(join(SRC, folder, 'README.md')))
    expect(without).toEqual([])
    const empty = [...folders].filter((folder) => statSync(join(SRC, folder, 'README.md')).size < 40)
    expect(empty).toEqual([])
  })

  it('has no drawer for odds and ends, and kebab-case names', () => {
    const names = files.map(({ path }) => posix.basename(path))
    expect(names.filter((name) => /^(?:utils?|helpers?|misc|common)\.tsx?$/.test(name))).toEqual([])
    expect(names.filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.d|\.worker)?\.tsx?$/.test(name))).toEqual(
      [],
    )
  })
})

describe('the check of imports', () => {
  const FORBIDDEN: readonly (readonly [path: string, text: string])[] = [
    ['core/text/edit.ts', "import { scanJson } from '../syntax/json-index.ts'"],
    ['core/syntax/resolve.ts', "import type { Cassette } from '../cassette/cassette.ts'"],
    ['core/cassette/fold.ts', "export { CONTAINERS } from '../containers/index.ts'"],
    ['core/cassette/fold.ts', "export * from '../dialects/index.ts'"],
    ['core/cassette/fold.ts', "type C = import('../framing/framing.ts').Framed"],
    ['core/cassette/fold.ts', "import { readCassette } from '../open.ts'"],
    ['core/containers/har.ts', "import { llamaStackJson } from './llama-stack-json.ts'"],
    ['core/containers/har.ts', "import { openaiChat } from '../dialects/openai-chat.ts'"],
    ['core/dialects/anthropic.ts', "import { frameWhole } from '../framing/framing.ts'"],
    ['core/dialects/anthropic.ts', "import type { Container } from '../containers/container.ts'"],
    ['core/dialects/anthropic.ts', "import { readChatRequest } from './openai-chat-request.ts'"],
    ['core/dialects/openai.ts', "import { openaiChat } from './openai-chat.ts'; import './anthropic.ts'"],
    ['core/framing/sse.ts', "import { ndjson } from './ndjson.ts'"],
    ['core/framing/sse.ts', "const later = () => import('../containers/index.ts')"],
    ['core/exports/curl.ts', "import { harExport } from './har.ts'"],
    ['core/open.ts', "import { useState } from 'react'"],
    ['core/open.ts', "import { readFileSync } from 'node:fs'"],
    ['core/open.ts', "import type { Draft } from '../workspace/draft.ts'"],
    ['core/newcomer/thing.ts', 'import { applyEdits } from "../text/edit.ts"'],
    ['workspace/draft.ts', "import { openDb } from '../platform/db.ts'"],
    ['workspace/draft.ts', "import { useState } from 'react'"],
    ['platform/files.ts', "import { draft } from '../workspace/draft.ts'"],
    ['platform/files.ts', "import { type Draft, draft } from '../workspace/draft.ts'"],
    ['platform/reader.ts', "new Worker(new URL('../ui/worker.ts', import.meta.url))"],
    ['queries/reading.ts', "import { Pane } from '../ui/pane.tsx'"],
    ['ui/app/app.tsx', "import { files } from '../../platform/files.ts'"],
    ['ui/app/app.tsx', "const m = import('monaco-editor/esm/vs/editor/editor.api')"],
    ['ui/app/app.tsx', "import type { editor } from 'monaco-editor'"],
    ['ui/app/app.tsx', "import 'left-pad'"],
    ['ui/app/app.tsx', "import { app } from '../../main.tsx'"],
    ['ui/app/app.tsx', "import seed from '../../../public/seed-llama.json'"],
    ['ui/app/app.tsx', 'const part = "x"; void import(part)'],
    ['elsewhere.ts', "import './core/open.ts'"],
  ]

  for (const [path, text] of FORBIDDEN) {
    it(`catches ${text} in ${path}`, () => expect(violationsIn([{ path, text }])).toHaveLength(1))
  }

  const ALLOWED: readonly (readonly [path: string, text: string])[] = [
    ['core/dialects/openai-chat.ts', "import { readChatRequest } from './openai-chat-request.ts'"],
    ['core/dialects/openai-chat-request.ts', "import type { Dialect } from './dialect.ts'"],
    ['core/dialects/index.ts', "import { openaiChat } from './openai-chat.ts'"],
    ['core/open.ts', "import { CONTAINERS } from './containers/index.ts'"],
    ['platform/files.ts', "import { type Draft } from '../workspace/draft.ts'"],
    ['ui/source/editor.tsx', "import * as monaco from 'monaco-editor/esm/vs/editor/editor.api'"],
    ['ui/source/editor.tsx', "import { Button } from '../widgets/button.tsx'"],
    ['ui/app/app.tsx', "const Source = lazy(() => import('../source/source.tsx'))"],
    [
      'main.tsx',
      "import '@fontsource-variable/inter/index.css'; import { files } from './platform/files.ts'",
    ],
    ['ui/app/app.tsx', "// import 'left-pad'\nconst text = \"import 'left-pad'\""],
  ]

  for (const [path, text] of ALLOWED) {
    it(`allows ${text} in ${path}`, () => expect(violationsIn([{ path, text }])).toEqual([]))
  }

  it('catches an editor that is loaded at once, over a detour', () => {
    const planted = (how: string): readonly SourceFile[] => [
      { path: 'main.tsx', text: "import { App } from './ui/app/app.tsx'" },
      { path: 'ui/app/app.tsx', text: how },
      { path: 'ui/source/source.tsx', text: "import './editor.ts'" },
      { path: 'ui/source/editor.ts', text: "import * as monaco from 'monaco-editor'" },
    ]
    expect(loadsMonacoAtOnce(planted("import { Source } from '../source/source.tsx'"))).toEqual([
      'ui/source/editor.ts',
    ])
    expect(loadsMonacoAtOnce(planted("const S = () => import('../source/source.tsx')"))).toEqual([])
  })
})
