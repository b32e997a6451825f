/** A review from its source to its verdicts, whatever the source: the same change comes to the same. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { judgeFiles } from '../../../src/core/judge.ts'
import { readCassette } from '../../../src/core/open.ts'
import { kindOf } from '../../../src/core/review/order.ts'
import type { ReviewItem } from '../../../src/core/review/review-item.ts'
import { describe as describeRecording } from '../../../src/platform/review/recording-keys.ts'
import { ReviewSession, type SessionEffects } from '../../../src/platform/review/review-session.ts'
import { openTree } from '../../../src/platform/tree/open-tree.ts'
import type { ReviewEvent, ReviewSource } from '../../../src/workspace/review-port.ts'
import type { TreeSource } from '../../../src/workspace/tree.ts'
import { GitRepo } from '../../core/review/support/git-repo.ts'
import { GitHubStub } from '../../support/github-stub.ts'
import { AFTER, BEFORE, EXPECTED, recording } from '../../support/review-recordings.ts'

const EFFECTS: SessionEffects = {
  openTree,
  judge: async (before, after) => judgeFiles(before, after),
  describe: async (path, bytes) => describeRecording(path, bytes),
  isRecording: async (text) => readCassette(text).cassette !== undefined,
  now: () => 0,
  pause: async () => {},
}

function folder(name: string, files: ReadonlyMap<string, string>): TreeSource {
  return {
    kind: 'files',
    name,
    files: [...files].map(([path, text]) => ({ path, file: new File([text], path.split('/').at(-1) ?? '') })),
  }
}

interface Heard {
  readonly items: ReadonlyMap<string, ReviewItem>
  readonly events: readonly ReviewEvent[]
  readonly session: ReviewSession
}

async function review(source: ReviewSource, effects: Partial<SessionEffects> = {}): Promise<Heard> {
  const session = new ReviewSession({ ...EFFECTS, ...effects })
  const events: ReviewEvent[] = []
  const items = new Map<string, ReviewItem>()
  await session.open(source, (event) => {
    events.push(event)
    if (event.kind === 'items') for (const item of event.items) items.set(item.path, item)
  })
  return { items, events, session }
}

function kinds({ items }: Heard): ReadonlyMap<string, string> {
  return new Map([...items.values()].map((item) => [item.path, kindOf(item)]))
}

const sorted = (map: ReadonlyMap<string, string>): readonly unknown[] => [...map].toSorted()

async function textOf(
  { session }: Heard,
  path: string,
  side: 'before' | 'after',
): Promise<string | undefined> {
  const content = await session.read(path, side)
  if (content === undefined) return undefined
  return 'problem' in content ? content.problem : new TextDecoder().decode(content)
}

const repo = new GitRepo()
let before: string
let after: string
beforeAll(() => {
  before = repo.commit(BEFORE)
  after = repo.commit(AFTER, 'Record anew')
})
afterAll(() => repo.remove())

describe('two folders', () => {
  it('come to a verdict for each file that differs', async () => {
    const heard = await review({
      kind: 'trees',
      before: [folder('old', BEFORE)],
      after: [folder('new', AFTER)],
    })
    expect(sorted(kinds(heard))).toEqual(sorted(EXPECTED))
    expect(heard.events[0]).toEqual({ kind: 'title', title: 'old → new' })
    expect(heard.events.at(-1)).toEqual({ kind: 'done' })
    const progress = heard.events.findLast((event) => event.kind === 'progress')
    expect(progress).toMatchObject({ done: 8, all: 8 })
    expect(heard.items.get('recordings/new.json')?.note).toMatch(/^New: .*gpt-4o-new, asks "Eighth\? .*Llama/)
    expect(heard.items.get('recordings/stop.json')?.verdict?.sentence).toMatch(/^Behaviour/)
    const asks = [...heard.items.values()].map(({ path, asks }) => [path, asks?.slice(0, 6)])
    expect(asks.toSorted()).toEqual([
      ['recordings/asked.json', 'Fourth'],
      ['recordings/broken.json', undefined],
      ['recordings/ids.json', 'Fifth?'],
      ['recordings/new.json', 'Eighth'],
      ['recordings/old.json', 'Sevent'],
      ['recordings/stop.json', 'First?'],
      ['recordings/words ü.json', 'Third?'],
    ])
    expect(await textOf(heard, 'recordings/stop.json', 'before')).toBe(BEFORE.get('recordings/stop.json'))
    expect(await textOf(heard, 'recordings/new.json', 'before')).toBeUndefined()
  })

  it('find renamed files by content, and by test and question', async () => {
    const heard = await review({
      kind: 'trees',
      before: [
        folder(
          'old',
          new Map([
            ['a/x.json', recording()],
            ['a/y.json', recording(["letter 'L'", "letter 'M'"])],
          ]),
        ),
      ],
      after: [
        folder(
          'new',
          new Map([
            ['b/z.json', recording()],
            ['b/w.json', recording(["letter 'L'", "letter 'M'"], ['"content": "lama"', '"content": "oose"'])],
          ]),
        ),
      ],
    })
    const found = [...heard.items.values()].map(({ path, oldPath, verdict }) => [
      oldPath,
      path,
      verdict?.kind,
    ])
    expect(found.toSorted()).toEqual([
      ['a/x.json', 'b/z.json', 'identical'],
      ['a/y.json', 'b/w.json', 'wording'],
    ])
  })

  it('meet where one side has a folder around everything', async () => {
    const around = new Map([...AFTER].map(([path, text]) => [`repo-main/${path}`, text]))
    const heard = await review({
      kind: 'trees',
      before: [folder('old', BEFORE)],
      after: [folder('new', around)],
    })
    expect(sorted(kinds(heard))).toEqual(sorted(EXPECTED))
    expect(await textOf(heard, 'recordings/stop.json', 'after')).toBe(AFTER.get('recordings/stop.json'))
  })

  it('say of files that are no recordings that they are none', async () => {
    const heard = await review({
      kind: 'trees',
      before: [
        folder(
          'old',
          new Map([
            ['package.json', '{"version": 1}'],
            ['bad.txt', 'text'],
          ]),
        ),
      ],
      after: [
        folder(
          'new',
          new Map([
            ['package.json', '{"version": 2}'],
            ['bad.txt', 'text\0'],
          ]),
        ),
      ],
    })
    expect(sorted(kinds(heard))).toEqual([
      ['bad.txt', 'unknown'],
      ['package.json', 'unknown'],
    ])
  })
})

describe('a diff', () => {
  it('comes to the same with the folder before it, and with the folder after it', async () => {
    const text = repo.git('diff', '-M', before, after)
    for (const base of [BEFORE, AFTER]) {
      const heard = await review({
        kind: 'diff',
        name: 'change.diff',
        text,
        base: [folder('recordings', base)],
      })
      expect(sorted(kinds(heard))).toEqual(sorted(EXPECTED))
      for (const path of EXPECTED.keys()) {
        expect(await textOf(heard, path, 'before'), path).toBe(BEFORE.get(path))
        expect(await textOf(heard, path, 'after'), path).toBe(AFTER.get(path))
      }
      expect(heard.events).toContainEqual({
        kind: 'notes',
        notes: [
          expect.objectContaining({
            code: 'other-files',
            message: expect.stringContaining('1 other file changed'),
          }),
        ],
      })
    }
  })

  it('finds the files in a folder inside of the repository', async () => {
    const inner = new Map([...BEFORE].map(([path, text]) => [path.replace('recordings/', ''), text]))
    const text = repo.git('diff', before, after)
    const heard = await review({ kind: 'diff', name: 'x', text, base: [folder('recordings', inner)] })
    expect(sorted(kinds(heard))).toEqual(sorted(EXPECTED))
  })

  it('alone judges by its lines, and says so', async () => {
    const heard = await review({ kind: 'diff', name: 'x', text: repo.git('diff', before, after) })
    const expected = new Map(EXPECTED)
    // a file that breaks off: its last lines are gone, and what they were is all that the diff shows
    expected.delete('recordings/broken.json')
    // whose words they are is not on the three lines around them: said with that doubt
    expected.set('recordings/asked.json', 'wording')
    expect(heard.items.get('recordings/asked.json')?.verdict?.sentence).toContain('or of the request')
    const found = new Map(kinds(heard))
    found.delete('recordings/broken.json')
    expect(sorted(found)).toEqual(sorted(expected))
    expect(heard.items.get('recordings/stop.json')).toMatchObject({
      note: expect.stringContaining('changed lines only'),
      added: 1,
      removed: 1,
    })
    expect(await textOf(heard, 'recordings/stop.json', 'before')).toContain('open the folder as well')
    expect(await textOf(heard, 'recordings/new.json', 'after')).toBe(AFTER.get('recordings/new.json'))
  })

  it('with much context needs no folder', async () => {
    const heard = await review({ kind: 'diff', name: 'x', text: repo.git('diff', '-U100000', before, after) })
    expect(sorted(kinds(heard))).toEqual(sorted(EXPECTED))
  })

  it('claims nothing of what it does not show', async () => {
    const pointer = (oid: string): string =>
      `version https://git-lfs.github.com/spec/v1\noid sha256:${oid.repeat(64)}\nsize 12345\n`
    const [old, now] = [
      repo.commit(
        new Map([
          ['binary.json', 'a\0b'],
          ['cut.json', recording()],
          ['moved.json', '{"a": 1}\n'],
          ['pointer.json', pointer('a')],
        ]),
      ),
      repo.commit(
        new Map([
          ['binary.json', 'a\0c'],
          ['cut.json', recording(["letter 'L'", "letter 'M'"])],
          ['elsewhere.json', '{"a": 1}\n'],
          ['pointer.json', pointer('b')],
        ]),
      ),
    ]
    // as a diff that tells no names of contents
    const text = repo.git('diff', '-M', old, now).replaceAll(/^index .*\n/gm, '')
    const cut = text.replace(/(--- a\/cut\.json\n\+\+\+ .*\n@@ .*\n.*\n)[\s\S]*?(?=diff --git a\/)/, '$1')
    expect(cut).not.toBe(text)
    const heard = await review({ kind: 'diff', name: 'x', text: cut })
    const found = [...heard.items.values()].map((item) => [item.path, kindOf(item), item.note ?? ''])
    expect(found.toSorted()).toEqual([
      ['binary.json', 'unknown', expect.stringContaining('only that this binary file differs')],
      ['cut.json', 'unknown', expect.stringContaining('breaks off')],
      ['elsewhere.json', 'identical', ''],
      ['pointer.json', 'unknown', expect.stringContaining('Git LFS')],
    ])
    // cut behind a head: nothing says that it goes on but the names of the contents
    const head = repo.git('diff', old, now, '--', 'cut.json').replace(/^---[\s\S]*/m, '')
    const { items } = await review({ kind: 'diff', name: 'x', text: head })
    expect(items.get('cut.json')?.note).toContain('breaks off')
  })

  it('of rights alone, and of an empty file, is whole', async () => {
    const rights = 'diff --git a/x.json b/x.json\nold mode 100644\nnew mode 100755\n'
    const old = repo.commit(new Map([['other.json', '{}']]))
    const now = repo.commit(
      new Map([
        ['other.json', '{}'],
        ['empty.json', ''],
      ]),
    )
    const heard = await review({ kind: 'diff', name: 'x', text: rights + repo.git('diff', old, now) })
    expect(sorted(kinds(heard))).toEqual([
      ['empty.json', 'added'],
      ['x.json', 'identical'],
    ])
    expect(heard.events.filter(({ kind }) => kind === 'notes')).toEqual([])
  })

  it('of a merge says how to make one', async () => {
    const text =
      'diff --cc x.json\nindex 1,2..3\n--- a/x.json\n+++ b/x.json\n@@@ -1,1 -1,1 +1,1 @@@\n- a\n -b\n++c\n'
    const { events } = await review({ kind: 'diff', name: 'x', text })
    expect(events).toEqual([
      { kind: 'failed', problem: expect.stringMatching(/a merge .*git diff <parent>/) },
    ])
  })

  it('that is none is refused', async () => {
    const { events } = await review({ kind: 'diff', name: 'x', text: 'hello' })
    expect(events).toEqual([{ kind: 'failed', problem: expect.stringContaining('No diff was found') }])
  })
})

describe('GitHub', () => {
  let stub: GitHubStub | undefined
  afterEach(async () => {
    await stub?.close()
    stub = undefined
  })
  const open = async (options: Partial<GitHubStub['options']> = {}) => {
    const pulls = [{ number: 3, title: 'Record anew', base: before, head: after }]
    stub = await new GitHubStub({ folder: repo.folder, pulls, ...options }).listen()
    return { gitHub: { apiUrl: stub.url, rawUrl: `${stub.url}/raw` } }
  }

  it('comes to the same, and fetches each file once', async () => {
    const heard = await review({ kind: 'github', url: 'octo/deck#3' }, await open())
    expect(sorted(kinds(heard))).toEqual(sorted(EXPECTED))
    expect(heard.events[0]).toEqual({
      kind: 'title',
      title: 'octo/deck#3 · Record anew',
      link: 'https://github.com/octo/deck/pull/3',
    })
    const raw = (): number => stub?.requests.filter(({ path }) => path.startsWith('/raw')).length ?? 0
    expect(raw()).toBe(2 * 5 + 2)
    expect(await textOf(heard, 'recordings/words ü.json', 'before')).toBe(
      BEFORE.get('recordings/words ü.json'),
    )
    expect(raw()).toBe(2 * 5 + 2)
  })

  it('says what stops it, and of a single file only there', async () => {
    const limited = await review(
      { kind: 'github', url: 'octo/deck#3' },
      await open({ remaining: 0, reset: 9e9 }),
    )
    expect(limited.events).toEqual([
      {
        kind: 'failed',
        problem: expect.stringContaining('used up'),
        advice: expect.stringContaining('token'),
      },
    ])
    await stub?.close()
    const partly = await review(
      { kind: 'github', url: 'octo/deck#3' },
      await open({ fault: { when: /raw.*stop/, status: 500 } }),
    )
    expect(partly.items.get('recordings/stop.json')).toMatchObject({
      note: expect.stringContaining('trouble'),
    })
    expect(kinds(partly).get('recordings/ids.json')).toBe('noise')
  })

  it('stops asking when it is told to slow down', async () => {
    const effects = await open({ fault: { when: /raw/, status: 429, headers: { 'retry-after': '60' } } })
    const heard = await review({ kind: 'github', url: 'octo/deck#3' }, effects)
    expect(heard.items.get('recordings/ids.json')?.note).toContain('slow down')
    const asked = stub?.requests.filter(({ path }) => path.startsWith('/raw')).length ?? 0
    expect(asked).toBeLessThanOrEqual(12)
    await heard.session.read('recordings/ids.json', 'after')
    expect(stub?.requests.filter(({ path }) => path.startsWith('/raw'))).toHaveLength(asked)
  })

  it('refuses what is no change', async () => {
    for (const url of ['hello', 'https://github.com/a/b/issues/1', 'https://git.example.com/a/b/pull/1']) {
      const { events } = await review({ kind: 'github', url })
      expect(
        events.map(({ kind }) => kind),
        url,
      ).toEqual(['failed'])
    }
  })
})
