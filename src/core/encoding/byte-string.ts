/**
 * Bytes as a string whose characters are the bytes (U+0000 to U+00FF), as `atob` gives them: so the regions and edits
 * of text serve bytes as well.
 */

const PIECE = 0x8000

export function byteString(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += PIECE) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)))
  }
  return pieces.join('')
}

export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}
