import { type Decoded, encodeFile } from '../../core/file-text.ts'

/** A text is hashed once however many ask; it is never changed, only replaced. */
const known = new WeakMap<Decoded, Promise<string>>()

/** SHA-256 of the file that a text is, as `sha256sum` says it. */
export function hashOf(file: Decoded): Promise<string> {
  const before = known.get(file)
  if (before !== undefined) return before
  const hash = digest(encodeFile(file)).then(hex)
  known.set(file, hash)
  // whoever asks again may have more luck
  hash.catch(() => known.delete(file))
  return hash
}

async function digest(bytes: Uint8Array): Promise<Uint8Array> {
  // there is no SubtleCrypto on a page that came over plain http
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined
  if (subtle !== undefined) return new Uint8Array(await subtle.digest('SHA-256', bytes as BufferSource))
  const { sha256 } = await import('@noble/hashes/sha2.js')
  return sha256(bytes)
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
