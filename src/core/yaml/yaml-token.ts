import type { ScalarContext } from './yaml-plain.ts'

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded'

export type TokenKind =
  | 'stream-end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence'
  | 'block-mapping'
  | 'block-end'
  | 'flow-sequence'
  | 'flow-mapping'
  | 'flow-sequence-end'
  | 'flow-mapping-end'
  | 'flow-entry'
  | 'block-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'

export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  /** Decoded text of a scalar; name of an anchor, alias or tag. */
  readonly text: string
  /** Of scalars only. */
  readonly style?: ScalarStyle
  readonly context?: ScalarContext
}
