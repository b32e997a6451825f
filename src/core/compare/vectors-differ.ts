import type { JsonNode } from '../syntax/json-node.ts'

/** Numbers that are as near as this are the same, computed on another machine. */
const NEAR = 1e-3
const SAME_DIRECTION = 0.9999

/** How far two embeddings point apart; undefined where one is no list of numbers. */
export interface VectorDistance {
  readonly sizes: readonly [was: number, is: number]
  /** 1 for the same direction. */
  readonly cosine: number
  /** Near enough to mean the same. */
  readonly near: boolean
}

export function vectorDistance(before: JsonNode, after: JsonNode): VectorDistance | undefined {
  const [was, is] = [numbersOf(before), numbersOf(after)]
  if (was === undefined || is === undefined) return undefined
  let [dot, one, other, furthest] = [0, 0, 0, 0]
  for (let at = 0; at < Math.min(was.length, is.length); at++) {
    const [a, b] = [was[at] ?? 0, is[at] ?? 0]
    dot += a * b
    one += a * a
    other += b * b
    furthest = Math.max(furthest, Math.abs(a - b))
  }
  const cosine = one > 0 && other > 0 ? dot / Math.sqrt(one * other) : furthest === 0 ? 1 : 0
  const sizes = [was.length, is.length] as const
  return { sizes, cosine, near: was.length === is.length && (furthest <= NEAR || cosine > SAME_DIRECTION) }
}

function numbersOf(node: JsonNode): readonly number[] | Float32Array | undefined {
  const base64 = node.string()
  if (base64 !== undefined) return floatsOf(base64)
  if (node.kind !== 'array') return undefined
  const numbers: number[] = []
  for (const item of node.items()) {
    const value = item.number()
    if (value === undefined) return undefined
    numbers.push(value)
  }
  return numbers
}

/** Little-endian 32-bit floats in base64. */
function floatsOf(base64: string): Float32Array | undefined {
  if (base64 === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined
  let text: string
  try {
    text = atob(base64)
  } catch {
    return undefined
  }
  if (text.length % 4 !== 0) return undefined
  const bytes = new DataView(new ArrayBuffer(text.length))
  for (let at = 0; at < text.length; at++) bytes.setUint8(at, text.charCodeAt(at))
  return Float32Array.from({ length: text.length / 4 }, (_, at) => bytes.getFloat32(at * 4, true))
}
