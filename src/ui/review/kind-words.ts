import {
  CircleDashed,
  CircleEllipsis,
  Equal,
  FileQuestion,
  FileX2,
  type LucideIcon,
  MessageSquareText,
  Minus,
  Plus,
  Send,
  TriangleAlert,
} from 'lucide-react'
import type { ItemKind } from '../../core/review/order.ts'

interface KindWords {
  readonly word: string
  /** Behind a number of files, and behind the number one where that is another word. */
  readonly counted: string
  readonly one?: string
  /** What it means, in a sentence. */
  readonly meaning: string
  readonly icon: LucideIcon
  readonly tone: string
}

/** Each kind is a word and a shape as well as a colour. */
export const KIND_WORDS: Readonly<Record<ItemKind, KindWords>> = {
  behaviour: {
    word: 'Behaviour',
    counted: 'change behaviour',
    one: 'changes behaviour',
    meaning: 'Tool calls, structured output, refusal, stop reason or error differ',
    icon: TriangleAlert,
    tone: 'text-error',
  },
  unreadable: {
    word: 'Unreadable',
    counted: 'unreadable',
    meaning: 'One of the two versions is no recording any more',
    icon: FileX2,
    tone: 'text-error',
  },
  wording: {
    word: 'Wording',
    counted: 'wording only',
    meaning: 'The answer says it in other words',
    icon: MessageSquareText,
    tone: 'text-tool',
  },
  request: {
    word: 'Request',
    counted: 'request only',
    meaning: 'Something else was asked, the answer means the same',
    icon: Send,
    tone: 'text-reasoning',
  },
  added: {
    word: 'Added',
    counted: 'added',
    meaning: 'Only there after the change',
    icon: Plus,
    tone: 'text-stop',
  },
  removed: {
    word: 'Removed',
    counted: 'removed',
    meaning: 'Only there before the change',
    icon: Minus,
    tone: 'text-ink-2',
  },
  unknown: {
    word: 'Not judged',
    counted: 'not judged',
    meaning: 'No verdict can be given',
    icon: FileQuestion,
    tone: 'text-ink-2',
  },
  noise: {
    word: 'Noise',
    counted: 'only ids and times',
    meaning: 'Only ids, times and padding differ',
    icon: CircleDashed,
    tone: 'text-ink-3',
  },
  identical: {
    word: 'Identical',
    counted: 'identical',
    meaning: 'The same bytes',
    icon: Equal,
    tone: 'text-ink-3',
  },
  pending: {
    word: 'Waiting',
    counted: 'waiting',
    meaning: 'Not judged yet',
    icon: CircleEllipsis,
    tone: 'text-ink-3',
  },
}
