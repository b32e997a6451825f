/** Images by their bytes, and data: URLs that hold none. */
import { describe, expect, it } from 'vitest'
import { imageTypeOf } from '../../src/ui/media/image-type.ts'
import { imageUrlOf, problemOfImageUrl } from '../../src/ui/request/image-bytes.ts'

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

const IMAGES: readonly (readonly [type: string, head: string])[] = [
  ['image/png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ['image/jpeg', '\xff\xd8\xff\xe0\0\x10JFIF'],
  ['image/gif', 'GIF89a\x01\0\x01\0'],
  ['image/webp', 'RIFF\x1a\0\0\0WEBPVP8 '],
  ['image/avif', '\0\0\0\x1cftypavif\0\0\0\0mif1miaf'],
  ['image/avif', '\0\0\0\x1cftypmif1\0\0\0\0avifmiaf'],
  ['image/bmp', `BM\x46\0\0\0\0\0\0\0\x36${'\0'.repeat(40)}`],
  ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['image/svg+xml', '<?xml version="1.0"?>\n<!-- made by hand -->\n<svg viewBox="0 0 1 1"></svg>'],
]

describe('an image', () => {
  for (const [type, head] of IMAGES) {
    it(`is ${type} by its bytes`, () => {
      expect(imageTypeOf(bytes(head))).toBe(type)
      const made = imageUrlOf(bytes(head))
      const url = 'url' in made ? made.url : ''
      expect(url).toBe(`data:${type};base64,${Buffer.from(bytes(head)).toString('base64')}`)
      expect(problemOfImageUrl(url)).toBeUndefined()
    })
  }

  it('of any size is written as one base64 text', () => {
    for (const size of [0x6000 - 9, 0x6000 - 8, 0x6000, 100_001]) {
      const content = new Uint8Array(size).fill(7)
      content.set(bytes('GIF89a'))
      expect(imageUrlOf(content)).toEqual({
        url: `data:image/gif;base64,${Buffer.from(content).toString('base64')}`,
      })
    }
  })
})

describe('what is no image', () => {
  it.each([
    ['', 'an empty file'],
    ['%PDF-1.7', 'a PDF'],
    ['{"a": 1}', 'JSON'],
    ['BMW is a car, and this is a text about it.', 'text'],
    ['<html><svg></svg></html>', 'an HTML or XML page'],
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'a HEIC image'],
    ['\0\x01\x02\x03', 'a file of an unknown kind'],
  ])('%j is %s', (text, what) => {
    expect(imageUrlOf(bytes(text))).toEqual({
      problem: expect.stringContaining(`This is ${what}, not an image`),
    })
  })

  it('and what is too large', () => {
    expect(imageUrlOf(new Uint8Array(20_000_001))).toEqual({ problem: expect.stringContaining('20 MB') })
  })
})

it('other addresses, and types that are not known by their bytes, are nobody’s business', () => {
  for (const url of ['https://models.example/a.png', 'picture.png', '', 'data:image/heic;base64,AAAA'])
    expect(problemOfImageUrl(url)).toBeUndefined()
})

it('a data: URL may be percent-encoded', () => {
  expect(problemOfImageUrl('data:image/svg+xml,%3Csvg%20xmlns=%22x%22/%3E')).toBeUndefined()
  expect(problemOfImageUrl('data:image/svg+xml,%3Cp%3E')).toMatch(/but its data is/)
  expect(problemOfImageUrl('data:image/png;base64,%')).toMatch(/not base64|cannot/)
})
