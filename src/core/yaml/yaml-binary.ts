import { applyEdits, EditError, spliceBetween } from '../text/edit.ts'
import type { Region } from '../text/region.ts'
import { readBlockHeader } from './yaml-block.ts'
import type { YamlFile } from './yaml-file.ts'
import type { ScalarNode } from './yaml-node.ts'

/** Base64 as it is read: the white space in it means nothing. */
export function base64Of(node: ScalarNode): string {
  return node.value.replace(/\s+/g, '')
}

/** The base64 of a `!!binary` scalar: an edit writes it anew, in lines as wide as they were. */
export function binaryRegion(file: YamlFile, node: ScalarNode): Region {
  const text = base64Of(node)
  return {
    text,
    toOuter(...edits) {
      const wanted = applyEdits(text, edits).replace(/\s+/g, '')
      const before = file.text.slice(node.start, node.end)
      if (wanted === text) return []
      if (!/^[A-Za-z0-9+/_=-]*$/.test(wanted))
        throw new EditError('only base64 can stand here: these are bytes')
      const splice = spliceBetween(before, written(file, node, before, wanted))
      return splice ? [{ ...splice, offset: splice.offset + node.start }] : []
    },
  }
}

function written(file: YamlFile, node: ScalarNode, before: string, base64: string): string {
  const isBlock = node.style === 'literal' || node.style === 'folded'
  if (!isBlock) {
    if (node.style === 'double') return `"${base64}"`
    return node.style === 'single' || base64 === '' ? `'${base64}'` : base64
  }
  const { end } = readBlockHeader(before, 0)
  if (base64 === '') return `''${file.newLine}`
  const lines = before.slice(end)
  const first = /^([ ]*)([^ \r\n]+)/m.exec(lines)
  const indent = first?.[1] ?? ' '.repeat(Math.max(node.context.indent, 0) + 2)
  // a single line says nothing of how wide lines are
  const isOneLine = !/\S\s+\S/.test(lines)
  const width = isOneLine ? Math.max(base64.length, 1) : (first?.[2]?.length ?? 76)
  const tail = /(?:\r?\n[ \r\n]*)?$/.exec(lines)?.[0] ?? file.newLine
  const rows: string[] = []
  for (let at = 0; at < base64.length; at += width) rows.push(indent + base64.slice(at, at + width))
  return before.slice(0, end) + rows.join(file.newLine) + tail
}
