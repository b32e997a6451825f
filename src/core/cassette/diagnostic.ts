import type { Address } from '../text/address.ts'

export type Severity = 'error' | 'warning' | 'info'

/** Something a person should know about a file: what, where, and what to do. Never an exception. */
export interface Diagnostic {
  readonly severity: Severity
  /** Stable id, kebab-case. */
  readonly code: string
  /** A sentence for a person. */
  readonly message: string
  /** What to do about it, where there is something. */
  readonly advice?: string
  /** The characters it is about. */
  readonly span?: { readonly start: number; readonly end: number }
  readonly at?: Address
}
