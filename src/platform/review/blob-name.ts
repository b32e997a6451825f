import { sha1 } from '@noble/hashes/legacy.js'

/** What git calls a content: the hash of its length and its bytes. */
export function blobName(bytes: Uint8Array): string {
  const head = new TextEncoder().encode(`blob ${bytes.length}\0`)
  const hash = sha1.create().update(head).update(bytes).digest()
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
