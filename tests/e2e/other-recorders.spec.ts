/** Every recording of the corpus, dropped into the built app as it is. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { CORPUS_ROOT } from '../support/corpus.ts'
import { expect, test } from '../support/deck-test.ts'
import { assembledText, download, editInPlace } from './support/deck.ts'

const ROOT = join(CORPUS_ROOT, 'other-recorders')
const INDEX = join(ROOT, 'index.tsv')
const rows = existsSync(INDEX)
  ? readFileSync(INDEX, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => {
        const [path = '', container = ''] = line.split('\t')
        return { path, container }
      })
  : []

/** One of each kind of file: all of them are read in the unit tests. */
const SAMPLES = rows.filter(
  ({ container }, at) => rows.findIndex((row) => row.container === container) === at,
)

test.skip(rows.length === 0, 'skipped where ../shared/corpus with the real recordings is missing')

test('a file of every format opens, says what it is, and comes back to the byte', async ({
  page,
  openApp,
  dropFiles,
}) => {
  test.setTimeout(240_000)
  for (const { path, container } of SAMPLES) {
    // broken on purpose, or a body that says nothing about who keeps it
    if (container === 'bad-har' || container.endsWith('-other') || container.startsWith('wiremock-__files'))
      continue
    await test.step(`${container} ${path}`, async () => {
      const bytes = readFileSync(join(ROOT, path))
      await openApp()
      await dropFiles([{ name: basename(path), bytes }])
      await expect(page.getByTestId('container')).toHaveText(container)
      await expect(page.getByTestId('dialect')).not.toHaveText('')
      const saved = await download(page)
      expect(saved.bytes.equals(bytes), `${path}: the exported bytes are the recorded ones`).toBe(true)
    })
  }
})

test('an answer is edited through YAML, base64 and gzip, and is there after a reload of the file', async ({
  page,
  openApp,
  dropFiles,
}) => {
  const path = rows.find(({ path: each }) =>
    each.endsWith('anthropic_completion_beta_tools_stream.yaml'),
  )?.path
  test.skip(path === undefined, 'the recording is not in this corpus')
  const bytes = readFileSync(join(ROOT, path ?? ''))
  await openApp()
  await dropFiles([{ name: 'stream.yaml', bytes }])
  // the answer has a text before its tool call and one behind it
  const text = assembledText(page).first()
  const before = (await text.textContent()) ?? ''
  await editInPlace(page, 'assembled answer', `Grüße! ${before}`)
  await expect(text).toHaveText(`Grüße! ${before}`)
  const saved = await download(page)
  expect(saved.bytes.equals(bytes)).toBe(false)
  await openApp()
  await dropFiles([{ name: 'stream.yaml', bytes: saved.bytes }])
  await expect(text).toHaveText(`Grüße! ${before}`)
})

test('a body in brotli is unpacked by a decoder that comes when it is needed, and nothing else', async ({
  page,
  openApp,
  dropFiles,
}) => {
  const path = rows.find(({ path: each }) => each.endsWith('agent_run_reasoning.yaml'))?.path
  test.skip(path === undefined, 'the recording is not in this corpus')
  const wasm: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('.wasm')) wasm.push(request.url())
  })
  await openApp()
  expect(wasm).toEqual([])
  await dropFiles([{ name: 'agent.yaml', bytes: readFileSync(join(ROOT, path ?? '')) }])
  await expect(page.getByTestId('stored-encoding')).toContainText('br')
  await expect(page.getByTestId('dialect')).toHaveText('openai-responses')
  expect(wasm).toHaveLength(1)
})
