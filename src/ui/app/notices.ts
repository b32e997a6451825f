import { createStore } from '../../workspace/store.ts'

/** A short message that goes away by itself and is read out by screen readers. */
export interface Notice {
  readonly id: number
  readonly text: string
  readonly tone: 'info' | 'error'
}

const SHOWN_FOR = 6000
let made = 0

export const notices = createStore<readonly Notice[]>([])

/** Says something in passing. Errors that need a decision belong into a dialog instead. */
export function notify(text: string, tone: Notice['tone'] = 'info'): void {
  const notice: Notice = { id: ++made, text, tone }
  notices.update((shown) => [...shown.slice(-2), notice])
  setTimeout(() => dismissNotice(notice.id), SHOWN_FOR)
}

export function dismissNotice(id: number): void {
  notices.update((shown) => shown.filter((notice) => notice.id !== id))
}
