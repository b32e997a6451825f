import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readImageUrl } from '../../src/ui/media/media-source.ts'
import { fileNameOf, recordedMedia } from '../../src/ui/media/recorded-bytes.ts'
import { playableSound, soundTypeOf, wavHeader } from '../../src/ui/media/sound.ts'
import { asRecorded } from '../../src/ui/request/image-bytes.ts'
import { PNG } from '../e2e/support/recordings.ts'

function bytesOf(pieces: readonly string[], type?: string): readonly number[] {
  const media = recordedMedia(pieces, type)
  if (media.kind !== 'bytes') throw new Error(media.kind === 'problem' ? media.problem : 'an address')
  return [...media.bytes]
}

describe('recorded bytes', () => {
  it('come together from pieces that are base64 each, or cut anywhere', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.nat(), fc.nat(), (bytes, cut, digit) => {
        const at = 1 + (cut % bytes.length)
        const each = [bytes.slice(0, at), bytes.slice(at)].map((piece) =>
          Buffer.from(piece).toString('base64'),
        )
        expect(bytesOf(each)).toEqual([...bytes])
        const whole = Buffer.from(bytes).toString('base64')
        const place = digit % whole.length
        expect(bytesOf([whole.slice(0, place), whole.slice(place)])).toEqual([...bytes])
      }),
    )
  })

  it('of pictures that come whole each time are the last', () => {
    const picture = PNG.toString('base64')
    expect(bytesOf([picture, picture], 'image/png')).toEqual([...PNG])
  })

  it('are those of a data: URL with its type, and none of an address', () => {
    const media = recordedMedia(
      [`data:audio/wav;base64,${Buffer.from('RIFF').toString('base64')}`],
      undefined,
    )
    expect(media).toMatchObject({ kind: 'bytes', mediaType: 'audio/wav' })
    expect(recordedMedia(['https://example.org/a.png'], undefined)).toEqual({
      kind: 'url',
      url: 'https://example.org/a.png',
    })
  })

  it('are refused in words', () => {
    expect(recordedMedia(['not base64!'], undefined)).toMatchObject({ kind: 'problem' })
    expect(recordedMedia([''], undefined)).toMatchObject({ kind: 'problem' })
    expect(recordedMedia(['data:image/png'], undefined)).toMatchObject({ kind: 'problem' })
  })

  it('are saved under the name of their type', () => {
    expect(fileNameOf('audio', 'audio/mpeg')).toBe('audio.mp3')
    expect(fileNameOf('file', 'text/plain')).toBe('file.txt')
    expect(fileNameOf('file', undefined)).toBe('file')
  })
})

describe('recorded sound', () => {
  it('gets a WAV header where it is raw', async () => {
    const { blob } = playableSound(new Uint8Array([1, 0, 2, 0]), 'audio/L16;codec=pcm;rate=16000')
    const bytes = new Uint8Array(await blob.arrayBuffer())
    expect(blob.type).toBe('audio/wav')
    expect(bytes).toHaveLength(48)
    expect(new DataView(bytes.buffer).getUint32(24, true)).toBe(16_000)
    expect([...bytes.slice(44)]).toEqual([1, 0, 2, 0])
    expect(wavHeader(4, 24_000)).toHaveLength(44)
  })

  it('is known by its bytes, else by what it was recorded as', () => {
    expect(playableSound(new TextEncoder().encode('ID3...'), 'pcm16').blob.type).toBe('audio/mpeg')
    expect(playableSound(new Uint8Array([1, 2, 3, 4]), undefined).blob.type).toBe('audio/wav')
    expect(playableSound(new Uint8Array([1, 2, 3, 4]), 'mp3').blob.type).toBe('audio/mpeg')
    expect(soundTypeOf('audio/ogg')).toBe('audio/ogg')
    expect(soundTypeOf('x y"><')).toBe('audio/mpeg')
  })
})

describe('an image that is bare base64', () => {
  const bare = PNG.toString('base64')

  it('is shown by the type beside it, or by its bytes', () => {
    expect(readImageUrl(bare, 'image/png')).toMatchObject({ kind: 'data', mediaType: 'image/png' })
    expect(readImageUrl(bare)).toMatchObject({ kind: 'data', mediaType: 'image/png' })
    expect(readImageUrl('not an image at all')).toMatchObject({ kind: 'unusable' })
    expect(readImageUrl('https://example.org/a.png', 'image/png').kind).toBe('remote')
    // what stands beside it becomes part of a URL
    expect(readImageUrl(bare, 'text/html,<script>')).toMatchObject({ mediaType: 'image/png' })
  })

  it('is replaced by bare base64 of its type, and by nothing else', () => {
    const url = `data:image/png;base64,${bare}`
    expect(asRecorded(bare, 'image/png', url)).toEqual({ text: bare })
    expect(asRecorded(bare, 'image/jpeg', url)).toHaveProperty('problem')
    expect(asRecorded(bare, 'image/png', 'https://example.org/a.png')).toHaveProperty('problem')
    expect(asRecorded('https://example.org/a.png', undefined, url)).toEqual({ text: url })
  })
})
