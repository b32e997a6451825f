import type { Dialect } from './dialect.ts'
import { openaiChat } from './openai-chat.ts'
import { unknownDialect } from './unknown.ts'

/** Every wire language this project reads; the surest sniff wins. */
export const DIALECTS: readonly Dialect[] = [openaiChat, unknownDialect]

/** The dialect with this id; the unknown one for an id of another version of this program. */
export function dialectOf(id: string): Dialect {
  return DIALECTS.find((dialect) => dialect.id === id) ?? unknownDialect
}
