import { describe, expect, it } from 'vitest'
import type { Health } from '../../../src/core/library/health.ts'
import type { SearchAnswer } from '../../../src/core/library/search.ts'
import { judgeName } from '../../../src/core/naming.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { NO_CACHE } from '../../../src/platform/library/library-cache.ts'
import { LibraryHost } from '../../../src/platform/library/library-host.ts'
import { LibraryLine } from '../../../src/platform/library/library-line.ts'
import type { FromLibrary, ToLibrary } from '../../../src/platform/library/messages.ts'
import { treeOf } from '../../../src/platform/tree/open-tree.ts'
import type { LibraryEvent } from '../../../src/workspace/library-port.ts'
import type { TreeFile } from '../../../src/workspace/tree.ts'
import { readHere, recording } from './library-support.ts'

/** A worker without a thread: what is sent is cloned, and arrives later. */
function fakeWorker(): Worker {
  const host = new LibraryHost(
    {
      treeOf: (source) => treeOf(source),
      cacheOf: async () => NO_CACHE,
      readers: readHere(),
    },
    (message: FromLibrary) => {
      const cloned: unknown = structuredClone(message)
      queueMicrotask(() => worker.onmessage?.(new MessageEvent('message', { data: cloned })))
    },
  )
  const worker = {
    onmessage: undefined as ((event: MessageEvent) => void) | undefined,
    terminate: () => {},
    // files cannot be cloned outside of browsers
    postMessage: (message: ToLibrary) => void setTimeout(() => host.hear(message)),
  }
  return worker as unknown as Worker
}

const file = (path: string, text: string): TreeFile => ({
  path,
  file: new File([text], path, { lastModified: 1000 }),
})

async function opened(pieces: readonly (readonly TreeFile[])[]) {
  const events: LibraryEvent[] = []
  let done: () => void = () => {}
  const finished = new Promise<void>((resolve) => {
    done = resolve
  })
  const line = new LibraryLine(fakeWorker, (event) => {
    events.push(event)
    if (event.kind === 'done' || event.kind === 'failed') done()
  })
  line.tell({ kind: 'open', sources: [{ kind: 'files', name: 'x' }] })
  for (const files of pieces) line.tell({ kind: 'files', source: 0, files })
  line.tell({ kind: 'files', source: 0, files: [] })
  await finished
  return { line, events }
}

describe('a library behind a worker', () => {
  it('takes its files in pieces and answers each question with its own answer', async () => {
    const { line, events } = await opened([
      [file('a.json', recording('Alpha')), file('b.json', recording('Beta'))],
      [file('c.json', recording('Gamma'))],
    ])
    expect(events.flatMap((event) => (event.kind === 'entries' ? event.entries : []))).toHaveLength(3)
    const [all, beta, numbers, bytes, none] = await Promise.all([
      line.ask({ kind: 'search', query: '', sort: 'path' }),
      line.ask({ kind: 'search', query: 'beta', sort: '-path' }),
      line.ask({ kind: 'numbers', query: 'beta' }),
      line.ask({ kind: 'read', path: 'c.json' }),
      line.ask({ kind: 'handle', path: 'c.json' }),
    ])
    expect(all.total).toBe(3)
    expect([...beta.places]).toEqual([1])
    expect(numbers.totals.files).toBe(1)
    expect('problem' in bytes ? bytes : new TextDecoder().decode(bytes)).toBe(recording('Gamma'))
    expect(none).toBe(undefined)
    const excerpts = await line.ask({ kind: 'excerpts', query: 'beta', places: [0, 1] })
    expect(excerpts.get(0)).toEqual([])
    expect(excerpts.get(1)?.[0]?.match).toBe('Beta')
  })

  it('drops what nobody waits for', async () => {
    const { line } = await opened([[file('a.json', recording('Alpha'))]])
    const control = new AbortController()
    const dropped = line.ask({ kind: 'search', query: 'x', sort: 'path' }, control.signal)
    control.abort(new Error('typed on'))
    await expect(dropped).rejects.toThrow('typed on')
    await expect(line.ask({ kind: 'search', query: 'x', sort: 'path' }, control.signal)).rejects.toThrow(
      'typed on',
    )
    const next: SearchAnswer = await line.ask({ kind: 'search', query: 'alpha', sort: 'path' })
    expect(next.total).toBe(1)
  })

  it('judges the names of the files, and says how far it has come', async () => {
    const text = recording('Edited after it was recorded')
    const name = `${'0'.repeat(64)}.json`
    const { line } = await opened([[file(name, text), file('free.json', text)]])
    const steps: (readonly [number, number])[] = []
    const health: Health = await line.ask({ kind: 'health' }, undefined, (done, all) =>
      steps.push([done, all]),
    )
    expect(health.checked).toBe(2)
    expect(health.stale).toMatchObject([{ path: name, verdict: { kind: 'other-request' } }])
    // the name that it is to get is the one that fits
    const fits = judgeName('llama-stack-json', JsonDocument.of(text), health.stale[0]?.to ?? '')
    expect(fits).toEqual({ kind: 'matches' })
    expect(health.duplicates).toMatchObject([{ paths: [name, 'free.json'] }])
    expect(steps.at(-1)).toEqual([2, 2])
  })

  it('refuses every question when it is closed or has died', async () => {
    const { line, events } = await opened([[]])
    const waiting = line.ask({ kind: 'health' })
    line.close()
    await expect(waiting).rejects.toThrow('This folder was closed.')
    await expect(line.ask({ kind: 'health' })).rejects.toThrow('This folder was closed.')
    expect(events.some(({ kind }) => kind === 'failed')).toBe(false)

    const heard: LibraryEvent[] = []
    const worker = { terminate: () => {}, postMessage: () => {} } as unknown as Worker
    const dying = new LibraryLine(
      () => worker,
      (event) => heard.push(event),
    )
    const asked = dying.ask({ kind: 'health' })
    worker.onerror?.call(worker, { message: 'out of memory' } as ErrorEvent)
    await expect(asked).rejects.toThrow('out of memory')
    expect(heard).toMatchObject([{ kind: 'failed' }])
    // a browser without workers
    new LibraryLine(
      () => {
        throw new Error('no workers here')
      },
      (event) => heard.push(event),
    )
    await Promise.resolve()
    expect(heard.at(-1)).toMatchObject({
      kind: 'failed',
      problem: expect.stringContaining('no workers here'),
    })
  })
})
