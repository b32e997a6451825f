/** One row of the bench's table. */
export interface Measurement {
  readonly what: string
  readonly unit: string
  readonly budget: number
  readonly measured: number
  readonly note: string
}
