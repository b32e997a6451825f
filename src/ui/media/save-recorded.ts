import { bytesOfBase64 } from './media-source.ts'

/** Saves recorded base64 (plain or as a data: URL) as a file. Only for texts that were found to be sound. */
export function saveRecorded(recorded: string, name: string): void {
  const isUrl = /^data:/i.test(recorded)
  const payload = isUrl ? recorded.slice(recorded.indexOf(',') + 1) : recorded
  const isBase64 = !isUrl || /;\s*base64\s*,/i.test(recorded.slice(0, 420))
  saveBytes(isBase64 ? base64Bytes(payload) : percentBytes(payload), name)
}

export function saveBytes(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  // octet-stream: no browser shows it as a page of this site
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

function base64Bytes(payload: string): Uint8Array<ArrayBuffer> {
  const digits = new TextDecoder().decode(percentBytes(payload))
  return bytesOfBase64(digits)
}

const PERCENT = 37

/** UTF-8, with `%41` read as the byte 0x41. */
function percentBytes(text: string): Uint8Array<ArrayBuffer> {
  const written = new TextEncoder().encode(text)
  const bytes = new Uint8Array(written.length)
  let count = 0
  for (let at = 0; at < written.length; at++) {
    const hex = written[at] === PERCENT ? String.fromCharCode(...written.subarray(at + 1, at + 3)) : ''
    const isEscape = /^[0-9a-f]{2}$/i.test(hex)
    bytes[count++] = isEscape ? Number.parseInt(hex, 16) : (written[at] ?? 0)
    if (isEscape) at += 2
  }
  return bytes.subarray(0, count)
}
