/** Marks last as long as the browser's storage, what a tab was about as long as the tab. */
import type { ReviewMemory } from '../../workspace/review-port.ts'

const VIEWED_KEY = 'cassette-deck:viewed'
const AGREED_KEY = 'cassette-deck:review-agreed'
const LOST_KEY = 'cassette-deck:review-lost'

/** About 100 kB of storage; the oldest are forgotten. */
const MOST_MARKS = 5000
const MOST_AGREED = 50

type Area = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Each area is asked for when it is needed: a browser that blocks storage throws at the very name of it. */
export function reviewMemory(
  lasting: () => Area = () => localStorage,
  ofTab: () => Area = () => sessionStorage,
): ReviewMemory {
  return {
    viewed: () => listIn(lasting, VIEWED_KEY),
    keepViewed(mark, isViewed) {
      // read anew: another tab may have marked something in between
      const others = listIn(lasting, VIEWED_KEY).filter((one) => one !== mark)
      keep(lasting, VIEWED_KEY, (isViewed ? [...others, mark] : others).slice(-MOST_MARKS).join('\n'))
    },
    isAgreed: (url) => listIn(ofTab, AGREED_KEY).includes(url),
    agree(url) {
      const others = listIn(ofTab, AGREED_KEY).filter((one) => one !== url)
      keep(ofTab, AGREED_KEY, [...others, url].slice(-MOST_AGREED).join('\n'))
    },
    lost: () => listIn(ofTab, LOST_KEY)[0],
    keepLost: (title) => keep(ofTab, LOST_KEY, title?.replaceAll('\n', ' ') ?? ''),
  }
}

function listIn(area: () => Area, key: string): readonly string[] {
  try {
    return (area().getItem(key) ?? '').split('\n').filter((one) => one !== '')
  } catch {
    return []
  }
}

function keep(area: () => Area, key: string, value: string): void {
  try {
    if (value === '') area().removeItem(key)
    else area().setItem(key, value)
  } catch {
    // storage is full or blocked: it lasts as long as the page
  }
}
