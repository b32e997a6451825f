import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPeers, type PeerMessage } from '../../src/workspace/peers.ts'
import { createSession } from '../../src/workspace/session.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const settle = () => vi.advanceTimersByTimeAsync(3000)

/** Tabs that hear each other, as through a BroadcastChannel: everybody but the one who speaks. */
function browser() {
  const listeners = new Map<string, (message: unknown) => void>()
  const hashed: string[] = []
  const sent: PeerMessage[] = []
  const openTab = (tab: string) => {
    const session = createSession(() => 0)
    const peers = createPeers(tab, session, {
      post(message) {
        sent.push(message)
        for (const [other, hear] of listeners) if (other !== tab) hear(structuredClone(message))
      },
      listen: (take) => void listeners.set(tab, take),
      async hash({ text }) {
        hashed.push(text)
        return createHash('sha256').update(text).digest('hex')
      },
    })
    const open = (text: string, name = 'a.json'): string => {
      const [id = ''] = session.open([{ name, origin: { kind: 'file' }, base: { text, bom: false } }])
      return id
    }
    const type = (id: string, content: string): void => {
      const draft = session.state.get().drafts.find((candidate) => candidate.id === id)
      const edits = [{ offset: 0, length: 0, content }]
      session.commit(id, { label: 'Edit', edits, revision: draft?.revision ?? 0 })
    }
    const close = (): void => {
      peers.leave()
      listeners.delete(tab)
    }
    return { session, peers, open, type, close, crash: () => listeners.delete(tab) }
  }
  return { openTab, hashed, sent }
}

const OPEN = { open: true, changed: false, saved: false }

describe('a tab alone', () => {
  const lonely = (hash: () => Promise<string>) => {
    let hear: (message: unknown) => void = () => {}
    const sent: PeerMessage[] = []
    const session = createSession(() => 0)
    const peers = createPeers('1', session, {
      post: (message) => void sent.push(message),
      listen(take) {
        hear = take
      },
      hash,
    })
    return { session, peers, sent, hear: (message: unknown) => hear(message) }
  }
  const file = { name: 'a.json', origin: { kind: 'file' }, base: { text: 'text', bom: false } } as const
  const theirs = { id: 'x', name: 'a.json', size: 4, changed: false }

  it('takes nothing from a channel that is no message of this version', async () => {
    const { session, peers, hear } = lonely(async () => 'h')
    session.open([file])
    const rubbish = [
      null,
      'hello',
      {},
      { kind: 'drafts', tab: '2' },
      { kind: 'drafts', tab: '2', drafts: [null] },
    ]
    for (const message of rubbish) expect(() => hear(message)).not.toThrow()
    await settle()
    expect(peers.elsewhere.get().size).toBe(0)
  })

  it('says nothing of what could not be hashed', async () => {
    const { session, peers, hear } = lonely(() => Promise.reject(new Error('no memory')))
    session.open([file])
    hear({ kind: 'drafts', tab: '2', drafts: [theirs] })
    await settle()
    expect(peers.elsewhere.get().size).toBe(0)
  })

  it('tells everything again when its page comes back', async () => {
    const { session, peers, sent } = lonely(async () => 'h')
    session.open([file])
    await settle()
    peers.leave()
    peers.refresh()
    await settle()
    expect(sent.map(({ kind }) => kind)).toEqual(['hello', 'drafts', 'gone', 'hello', 'drafts'])
  })
})

describe('tabs with something in common', () => {
  it('know of each other, of unsaved changes, and of the end', async () => {
    const { openTab } = browser()
    const [one, two] = [openTab('1'), openTab('2')]
    const [here, there] = [one.open('text'), two.open('text')]
    await settle()
    expect(one.peers.elsewhere.get()).toEqual(new Map([[here, OPEN]]))
    expect(two.peers.elsewhere.get()).toEqual(new Map([[there, OPEN]]))
    two.type(there, 'x')
    await settle()
    expect(one.peers.elsewhere.get().get(here)).toEqual({ ...OPEN, changed: true })
    two.close()
    await settle()
    expect(one.peers.elsewhere.get().size).toBe(0)
  })

  it('find out by asking that another one has crashed', async () => {
    const { openTab } = browser()
    const [one, two] = [openTab('1'), openTab('2')]
    one.open('text')
    two.open('text')
    await settle()
    two.crash()
    one.peers.refresh()
    await settle()
    expect(one.peers.elsewhere.get().size).toBe(0)
  })

  it('are told when one of them has saved, until they have what is on disk', async () => {
    const { openTab } = browser()
    const [one, two] = [openTab('1'), openTab('2')]
    const [here, there] = [one.open('text'), two.open('text')]
    await settle()
    two.type(there, 'x')
    two.session.saved(there, { text: 'xtext', bom: false })
    await settle()
    expect(one.peers.elsewhere.get().get(here)?.saved).toBe(true)
    one.session.diskChanged(here, { text: 'xtext', bom: false }, 'load')
    await settle()
    expect(one.peers.elsewhere.get().get(here)).toEqual(OPEN)
  })

  it('hash only what has met its like, and take nothing for the same that is not', async () => {
    const { openTab, hashed } = browser()
    const [one, two] = [openTab('1'), openTab('2')]
    for (let at = 0; at < 3000; at++) one.open(`text ${at}`, `${at}.json`)
    two.open('text 7', '7.json')
    two.open('text 8', 'other.json')
    two.open('TEXT 9', '9.json')
    await settle()
    expect([...one.peers.elsewhere.get().values()]).toEqual([OPEN])
    expect(hashed.toSorted()).toEqual(['TEXT 9', 'text 7', 'text 7', 'text 9'])
  })

  it('stay silent while nothing is new', async () => {
    const { openTab, sent } = browser()
    const [one] = [openTab('1'), openTab('2')]
    const id = one.open('text')
    one.type(id, 'a')
    await settle()
    const before = sent.length
    for (let key = 0; key < 20; key++) {
      one.type(id, 'b')
      await vi.advanceTimersByTimeAsync(300)
    }
    expect(sent.length).toBe(before)
  })
})
