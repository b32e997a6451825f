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
  /** What it means, in a sentence. */
  readonly meaning: string
  readonly icon: LucideIcon
  readonly tone: string
}

/** Each kind is a word and a shape as well as a colour. */
export const KIND_WORDS: Readonly<Record<ItemKind, KindWords>> = {
  behaviour: {
    word: 'Behaviour',
    meaning: 'Tool calls, structured output, refusal, stop reason or error differ',
    icon: TriangleAlert,
    tone: 'text-error',
  },
  unreadable: {
    word: 'Unreadable',
    meaning: 'One of the two versions is no recording any more',
    icon: FileX2,
    tone: 'text-error',
  },
  wording: {
    word: 'Wording',
    meaning: 'The answer says it in other words',
    icon: MessageSquareText,
    tone: 'text-tool',
  },
  request: {
    word: 'Request',
    meaning: 'Something else was asked, the answer means the same',
    icon: Send,
    tone: 'text-reasoning',
  },
  added: { word: 'Added', meaning: 'Only there after the change', icon: Plus, tone: 'text-stop' },
  removed: { word: 'Removed', meaning: 'Only there before the change', icon: Minus, tone: 'text-ink-2' },
  unknown: { word: 'Not judged', meaning: 'No verdict can be given', icon: FileQuestion, tone: 'text-ink-2' },
  noise: {
    word: 'Noise',
    meaning: 'Only ids, times and padding differ',
    icon: CircleDashed,
    tone: 'text-ink-3',
  },
  identical: { word: 'Identical', meaning: 'The same bytes', icon: Equal, tone: 'text-ink-3' },
  pending: { word: 'Waiting', meaning: 'Not judged yet', icon: CircleEllipsis, tone: 'text-ink-3' },
}
