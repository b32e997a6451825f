/** A comment ends at its first "-->": what could end anywhere would be tried everywhere. */
const COMMENTS = String.raw`(?:<!--(?:(?!-->)[\s\S])*-->\s*)*`
const SVG = new RegExp(
  String.raw`^\ufeff?\s*(?:<\?xml[^>]*>\s*)?${COMMENTS}(?:<!doctype svg[^>]*>\s*${COMMENTS})?<svg[\s>]`,
  'i',
)

/** The media type of an image by its bytes: what a file is called does not count. */
export function imageTypeOf(bytes: Uint8Array): string | undefined {
  const has = (at: number, text: string): boolean =>
    [...text].every((letter, offset) => bytes[at + offset] === letter.charCodeAt(0))
  if (has(0, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (has(0, '\xff\xd8\xff')) return 'image/jpeg'
  if (has(0, 'GIF87a') || has(0, 'GIF89a')) return 'image/gif'
  if (has(0, 'RIFF') && has(8, 'WEBP')) return 'image/webp'
  if (has(4, 'ftyp') && brandsOf(bytes).some((brand) => /^avi[fs]$/.test(brand))) return 'image/avif'
  // two letters begin many a text: the reserved bytes of the header tell
  if (has(0, 'BM') && has(6, '\0\0\0\0') && bytes.length > 26) return 'image/bmp'
  return SVG.test(new TextDecoder().decode(bytes.subarray(0, 2048))) ? 'image/svg+xml' : undefined
}

/** The brands of an ISO media file (ISO/IEC 14496-12, 4.3): the major one and those it is compatible with. */
function brandsOf(bytes: Uint8Array): readonly string[] {
  const size = Math.min(bytes.length, new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), 256)
  const brands: string[] = []
  for (let at = 8; at + 4 <= size; at += 4) brands.push(String.fromCharCode(...bytes.subarray(at, at + 4)))
  return brands
}
