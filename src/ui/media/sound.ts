/** Names of formats by their media type; others are named after themselves. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['mp3', 'audio/mpeg'],
  ['mpeg', 'audio/mpeg'],
  ['wav', 'audio/wav'],
  ['ogg', 'audio/ogg'],
  ['opus', 'audio/ogg'],
  ['flac', 'audio/flac'],
  ['aac', 'audio/aac'],
  ['m4a', 'audio/mp4'],
  ['webm', 'audio/webm'],
])

/** The media type of a recorded format or media type. */
export function soundTypeOf(format: string | undefined): string {
  const name =
    format
      ?.toLowerCase()
      .replace(/^audio\//, '')
      .split(';')[0]
      ?.trim() ?? ''
  // the name becomes part of a URL: only what a media type may hold
  return TYPES.get(name) ?? (/^[a-z0-9.+-]{1,32}$/.test(name) ? `audio/${name}` : 'audio/mpeg')
}

/** Sound as a browser can play it. */
export interface Sound {
  readonly blob: Blob
  /** What it was recorded as, in words. */
  readonly words: string
}

/** OpenAI's and Gemini's raw sound where nothing else is said. */
const PCM_RATE = 24_000

/** Raw samples get the header that makes them a WAV file; all other formats are played as they are. */
export function playableSound(bytes: Uint8Array<ArrayBuffer>, recorded: string | undefined): Sound {
  const known = soundByBytes(bytes)
  if (known !== undefined) return { blob: new Blob([bytes], { type: known }), words: known }
  if (recorded === undefined || /pcm|\bl16\b/i.test(recorded)) {
    const rate = Number(/rate=(\d{4,6})/i.exec(recorded ?? '')?.[1] ?? PCM_RATE)
    return {
      blob: new Blob([wavHeader(bytes.length, rate), bytes], { type: 'audio/wav' }),
      words: `${recorded ?? 'no type recorded'}, played as 16 bit PCM at ${rate / 1000} kHz`,
    }
  }
  const type = soundTypeOf(recorded)
  return { blob: new Blob([bytes], { type }), words: type }
}

/** The type by the first bytes: what a recording calls it can be wrong. */
function soundByBytes(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12))
  if (head.startsWith('RIFF') && head.endsWith('WAVE')) return 'audio/wav'
  if (head.startsWith('ID3')) return 'audio/mpeg'
  if (head.startsWith('OggS')) return 'audio/ogg'
  if (head.startsWith('fLaC')) return 'audio/flac'
  return head.startsWith('\x1aE\xdf\xa3') ? 'audio/webm' : undefined
}

/** The 44 bytes before 16 bit samples of one channel. */
export function wavHeader(length: number, rate: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(44)
  const view = new DataView(header.buffer)
  const word = (at: number, text: string): void => {
    for (let letter = 0; letter < text.length; letter++) header[at + letter] = text.charCodeAt(letter)
  }
  word(0, 'RIFF')
  view.setUint32(4, 36 + length, true)
  word(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  word(36, 'data')
  view.setUint32(40, length, true)
  return header
}
