/** One of two versions that are compared. */
export interface CompareSource {
  readonly name: string
  /** "Before", "as opened": what it is of the two. */
  readonly label?: string
  readonly text: string
}
