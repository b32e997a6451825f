/** A YAML text as one JSON value, and every edit of that JSON carried back into the text. */
import type { Source } from '../projection/source.ts'
import type { View } from '../projection/view.ts'
import { pointerTokens } from '../text/address.ts'
import { writeAsText } from './yaml-as-text.ts'
import { YamlError } from './yaml-chars.ts'
import { YamlFile } from './yaml-file.ts'
import { findNode, surveyOf } from './yaml-find.ts'
import { scalarOf } from './yaml-node.ts'
import { parseYaml, type YamlTree } from './yaml-parse.ts'
import { type Holes, YamlViews } from './yaml-views.ts'

/** Why a text is no YAML that can be opened. */
export interface YamlProblem {
  readonly problem: {
    /** Where it breaks. */
    readonly offset: number
    /** What is wrong there, without a capital and a full stop. */
    readonly message: string
  }
}

/** Reads the first document of a YAML text. Never throws, for any text. */
export function readYaml(text: string): Source | YamlProblem {
  try {
    return sourceOf(text, parseYaml(text))
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    return { problem: { offset: Math.min(error.offset, text.length), message: error.message } }
  }
}

function sourceOf(text: string, { root, diagnostics }: YamlTree): Source {
  const file = new YamlFile(text, root)
  const views = new YamlViews(file)
  const survey = surveyOf(root)
  return {
    syntax: 'yaml',
    json: views.of(root).json,
    binary: survey.binary,
    diagnostics: [...diagnostics, ...survey.diagnostics],
    region(pointer) {
      const node = findNode(root, pointer)
      return node?.kind === 'scalar' ? views.region(node) : undefined
    },
    asText(pointer, value) {
      const node = findNode(root, pointer)
      const scalar = node && scalarOf(node)
      return scalar ? writeAsText(file, scalar, value) : []
    },
    view: (holes) => views.of(root, holes.size === 0 ? undefined : holesBy(holes)),
  }
}

/** Pointers as a tree of tokens. */
function holesBy(views: ReadonlyMap<string, View>): Holes {
  const root: Holes = { inner: new Map() }
  for (const [pointer, view] of views) {
    let holes = root
    for (const token of pointerTokens(pointer) ?? []) {
      const next = holes.inner.get(token) ?? { inner: new Map() }
      holes.inner.set(token, next)
      holes = next
    }
    holes.view = view
  }
  return root
}
