import { useEffect, useState } from 'react'
import type { Stream } from '../../core/cassette/stream.ts'
import type { JsonDocument } from '../../core/syntax/json-node.ts'
import { type Analysis, analyse } from './analyse.ts'
import { decodeVector } from './decode-vector.ts'

/** Milliseconds of work between two rests: half a frame. */
const SLICE = 8

type Progress =
  | { readonly kind: 'working' }
  | { readonly kind: 'done'; readonly analysis: Analysis | undefined }

/** Analyses the vectors of a stream piece by piece, between frames. */
export function useAnalysis(document: JsonDocument, vectors: Stream['vectors']): Progress {
  const [progress, setProgress] = useState<Progress>({ kind: 'working' })
  useEffect(() => {
    const work = analyse(vectors.length, (at) => {
      const vector = vectors[at]
      return vector && decodeVector(document.node(vector.node))
    })
    let timer: ReturnType<typeof setTimeout> | undefined
    const go = (): void => {
      const until = performance.now() + SLICE
      while (performance.now() < until) {
        const { done, value } = work.next()
        if (done) {
          setProgress({ kind: 'done', analysis: value })
          return
        }
      }
      timer = setTimeout(go)
    }
    go()
    return () => clearTimeout(timer)
  }, [document, vectors])
  return progress
}
