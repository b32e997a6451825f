import { JsonDocument } from '../syntax/json-node.ts'
import { applyEdits, EditError, spliceBetween, type TextEdit } from '../text/edit.ts'
import { outerSpan, part, type Region, wholeRegion } from '../text/region.ts'

export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * A piece of some text, shown as JSON, and the way back: what an edit of that JSON means for the text that holds it.
 * Like a `Region` short-lived: it belongs to one revision.
 */
export interface View {
  readonly json: string
  /** Simultaneous edits of `json` as edits of the holding text. Throws `EditError` when that cannot be written. */
  put(edits: readonly TextEdit[]): readonly TextEdit[]
  /** Where a range of `json` stands in the holding text; undefined for what stands nowhere in it. */
  span(start: number, end: number): Span | undefined
}

/** JSON that stands in `region` as it is. */
export function verbatim(region: Region): View {
  return {
    json: region.text,
    put: (edits) => region.toOuter(...edits),
    span: (start, end) => outerSpan(region, start, end),
  }
}

/** A decoded text as a JSON string: only the characters that differ are written. */
export function textView(region: Region): View {
  const json = JSON.stringify(region.text)
  return {
    json,
    put(edits) {
      const { root, index } = JsonDocument.of(applyEdits(json, edits))
      const value = index.valid ? root?.string() : undefined
      if (value === undefined) throw new EditError('only a text in quotes can stand here')
      const splice = spliceBetween(region.text, value)
      return splice === undefined ? [] : region.toOuter(splice)
    },
    span: () => outerSpan(region, 0, region.text.length),
  }
}

/** A value that is written in another way than JSON (a YAML number, a status line): any change writes it whole. */
export function valueView(json: string, region: Region, write: (json: string) => string): View {
  return {
    json,
    put(edits) {
      const after = write(applyEdits(json, edits))
      const splice = spliceBetween(region.text, after)
      return splice === undefined ? [] : region.toOuter(splice)
    },
    span: () => outerSpan(region, 0, region.text.length),
  }
}

/** What the file does not say in so many words. */
export function fixedView(json: string, why: string): View {
  return {
    json,
    put(edits) {
      if (applyEdits(json, edits) === json) return []
      throw new EditError(why)
    },
    span: () => undefined,
  }
}

/** A view of what `region` reads, as a view of the text that holds `region`. */
export function inside(region: Region, view: View): View {
  return {
    json: view.json,
    put: (edits) => region.toOuter(...view.put(edits)),
    span(start, end) {
      const inner = view.span(start, end)
      return inner && outerSpan(region, inner.start, inner.end)
    },
  }
}

/** The part `start..end` of a text as a region of that text. */
export function partOf(text: string, start: number, end: number): Region {
  return part(wholeRegion(text), start, end)
}
