/**
 * HAR 1.2 archives, of browsers and proxies, and the recordings of Polly.js, which are HAR (in JSON, or in YAML with
 * Sourcegraph's persister).
 *
 * Spec: http://www.softwareishard.com/blog/har-12-spec/; Polly.js: https://netflix.github.io/pollyjs/#/persisters;
 * Chrome's `_webSocketMessages` and `_eventSourceMessages`: https://chromium.googlesource.com/devtools/devtools-frontend
 * `front_end/models/har/Log.ts`.
 * Supported: `log.entries[]`; bodies as text, as base64, as Polly's lists of base64 or hex pieces in a text (gzip inside),
 * `_isBinary`, `postData.text` and `postData.textJSON`; the messages of sockets and event sources with their times.
 * Lost: nothing; all of an entry that is not read is among its extras. Browsers often leave out a stream's body.
 */

import type { Diagnostic } from '../cassette/diagnostic.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container, Sniff } from './container.ts'
import { readEntry, storedBodiesOfEntry } from './har-entry.ts'
import { missingParts } from './http-message.ts'

function entriesOf(root: JsonNode): readonly JsonNode[] {
  return [...(root.path('log', 'entries')?.items() ?? [])].filter(({ kind }) => kind === 'object')
}

function isPolly(log: JsonNode | undefined): boolean {
  return log?.get('_recordingName') !== undefined || log?.path('creator', 'name')?.string() === 'Polly.JS'
}

function problemsOf(root: JsonNode): readonly Diagnostic[] {
  return entriesOf(root).flatMap((entry): readonly Diagnostic[] => {
    const content = entry.path('response', 'content')
    const size = content?.get('size')?.number() ?? 0
    const isThere = content?.get('text') !== undefined || entry.get('_webSocketMessages') !== undefined
    if (isThere || size <= 0) return []
    return [
      {
        severity: 'info',
        code: 'no-body',
        message: `The body of this response (${size.toLocaleString('en')} bytes) was not saved with the archive.`,
        advice: 'Record it again with the content, or with a proxy: browsers drop the bodies of streams.',
        span: { start: entry.start, end: entry.end },
      },
    ]
  })
}

function har(
  id: string,
  label: string,
  spec: string,
  sniff: (log: JsonNode, syntax: string) => Sniff,
): Container {
  return {
    id,
    label,
    spec,

    sniff(root, { syntax }) {
      const log = root.get('log')
      const isHar = (syntax === 'json' || syntax === 'yaml') && log?.get('entries')?.kind === 'array'
      return isHar && log ? sniff(log, syntax) : { confidence: 0, because: '' }
    },

    bodies: (root) => entriesOf(root).flatMap(storedBodiesOfEntry),

    read: (root, bodies) => ({
      interactions: entriesOf(root).map((entry) => readEntry(entry, root.get('log'), bodies)),
      diagnostics: [...entriesOf(root).flatMap(missingParts), ...problemsOf(root)],
    }),
  }
}

const SPEC = 'http://www.softwareishard.com/blog/har-12-spec/'

export const har12 = har('har-1.2', 'HAR archive', SPEC, (log) => {
  const creator = log.path('creator', 'name')?.string()
  const by = creator === undefined ? '' : `, made by ${creator}`
  return { confidence: 0.9, because: `"log" with "entries"${by}` }
})

function polly(id: string, label: string, syntax: string): Container {
  return har(id, label, 'https://netflix.github.io/pollyjs/#/persisters', (log, written) =>
    written === syntax && isPolly(log)
      ? { confidence: 0.95, because: '"log" with "entries", made by Polly.JS' }
      : { confidence: 0, because: '' },
  )
}

export const pollyjsHar = polly('pollyjs-har', 'Polly.js recording', 'json')
export const pollyjsHarYaml = polly('pollyjs-har-yaml', 'Polly.js recording in YAML', 'yaml')
