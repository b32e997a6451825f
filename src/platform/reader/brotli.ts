import type { Decoders } from '../../core/encoding/compression.ts'
import { MAX_INFLATED } from '../../core/encoding/limits.ts'

let loaded: Decoders = {}

/** What has been loaded so far. */
export function loadedDecoders(): Decoders {
  return loaded
}

/** Loads the brotli decoder (208 kB of WebAssembly): one recording in thousands needs it. */
export async function loadBrotli(): Promise<Decoders> {
  if (loaded.brotli) return loaded
  const [{ default: start, BrotliDecStream }, { default: url }] = await Promise.all([
    import('brotli-dec-wasm/web'),
    import('brotli-dec-wasm/web/bg.wasm?url'),
  ])
  await start({ module_or_path: url })
  loaded = { brotli: (bytes) => inflate(new BrotliDecStream(), bytes) }
  return loaded
}

/** Result codes of the decoder: done, and room wanted for more. */
const SUCCESS = 1
const NEEDS_OUTPUT = 3

interface BrotliStream {
  dec(
    input: Uint8Array,
    outputSize: number,
  ): {
    readonly buf: Uint8Array
    readonly code: number
    readonly input_offset: number
  }
}

/** Piece by piece, so that a bomb is noticed before it fills the memory. */
function inflate(stream: BrotliStream, bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = []
  let length = 0
  let rest = bytes
  for (;;) {
    const { buf, code, input_offset: taken } = stream.dec(rest, 1 << 16)
    pieces.push(buf)
    length += buf.length
    if (length > MAX_INFLATED) throw new Error(`it inflates to more than ${MAX_INFLATED / 1024 / 1024} MB`)
    rest = rest.subarray(taken)
    if (code === SUCCESS) break
    if (code !== NEEDS_OUTPUT) throw new Error('it breaks off')
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
