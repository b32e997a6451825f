import type { JsonNode } from '../../core/syntax/json-node.ts'

/** The numbers of a vector: a list of them, or base64 of little-endian 32-bit floats. Undefined for anything else. */
export function decodeVector(node: JsonNode): Float32Array | undefined {
  return node.kind === 'array' ? fromList(node.raw) : fromBase64(node.string() ?? '')
}

function fromList(raw: string): Float32Array | undefined {
  try {
    const list: unknown = JSON.parse(raw)
    const isVector = Array.isArray(list) && list.length > 0 && list.every((one) => typeof one === 'number')
    if (!isVector) return undefined
    const numbers = Float32Array.from(list)
    return numbers.every(Number.isFinite) ? numbers : undefined
  } catch {
    return undefined
  }
}

function fromBase64(text: string): Float32Array | undefined {
  let bytes: string
  try {
    bytes = atob(text)
  } catch {
    return undefined
  }
  if (bytes.length === 0 || bytes.length % 4 !== 0) return undefined
  const view = new DataView(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)).buffer)
  const numbers = Float32Array.from({ length: bytes.length / 4 }, (_, at) => view.getFloat32(at * 4, true))
  return numbers.every(Number.isFinite) ? numbers : undefined
}
