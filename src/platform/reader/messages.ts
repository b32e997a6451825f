import type { Reading } from '../../core/open.ts'

/** What the reader worker is asked and answers; `id` pairs the two. */
export interface ReadRequest {
  readonly id: number
  readonly text: string
}

export interface ReadAnswer {
  readonly id: number
  readonly reading: Reading
}
