import { createContext, use } from 'react'

/** What stands in an open, touched field. */
export interface TypedText {
  /** One opening of one field. */
  readonly id: string
  readonly label: string
  readonly opened: string
  readonly text: string
}

/** Who remembers what is being typed; the widgets only tell. */
export interface TypingMemory {
  /** A field of this label that shows this text is on screen, until what is returned is called. */
  enter(label: string, shown: string): () => void
  note(field: TypedText): void
  /** It was committed or discarded. */
  forget(id: string): void
  /** The field was taken away before it could be committed: its text waits for the next of its kind. */
  release(id: string): void
  /** Hands over what waits for a field of this label that shows this text. */
  claim(label: string, shown: string): TypedText | undefined
}

const TypingContext = createContext<TypingMemory | undefined>(undefined)
export const TypingProvider = TypingContext.Provider

export function useTypingMemory(): TypingMemory | undefined {
  return use(TypingContext)
}

let made = 0
const page = Math.random().toString(36).slice(2)

/** Unlike any of this page and of those before it, whose texts may still be waiting. */
export function newFieldId(): string {
  made++
  return `${page}-${made}`
}
