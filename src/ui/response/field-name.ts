import { pointerTokens } from '../../core/text/address.ts'

/** "/choices/0/delta/content" as people write it: "choices.0.delta.content". */
export function fieldName(pointer: string): string {
  return pointerTokens(pointer)?.join('.') || 'the chunk'
}
