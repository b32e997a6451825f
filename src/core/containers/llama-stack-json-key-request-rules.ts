/**
 * The recorder's rules of today and the ones before, and the renaming of the project that edited recordings in
 * place. From the recorder's own versions: `llama_stack/testing/inference_recorder.py` (2025-07),
 * `src/llama_stack/testing/api_recorder.py`, `src/ogx/testing/api_recorder.py`.
 */

/** How the recorder hashed at some time. */
export interface HashRules {
  /** The test's id is part of what is hashed. */
  readonly testId: boolean
  /** Floats are rounded to five places, decimals in strings too. */
  readonly rounding: boolean
  /** What is taken out of the text that a file search puts into a prompt. */
  readonly fileSearch: 'nothing' | 'scores-and-attributes' | 'everything'
  /** `stream_options` is left out where Bedrock is asked. */
  readonly bedrock: boolean
  /** `project_id` is left out of `extra_body` and `extra_query`. */
  readonly projectId: boolean
  /** Paths whose requests are shared by all tests, so that no test id is hashed. */
  readonly sharedPaths: readonly string[]
}

/** Since 2026-04-09; read at d1b663294, 2026-05-07. */
export const CURRENT_RULES: HashRules = {
  testId: true,
  rounding: true,
  fileSearch: 'everything',
  bedrock: true,
  projectId: true,
  sharedPaths: ['/api/tags', '/v1/models', '/v1/openai/v1/models'],
}

interface OlderRule {
  /** Stable, kebab-case. */
  readonly id: string
  /** What differed, and until when: what follows "the recorder" in a sentence. */
  readonly past: string
  readonly rules: HashRules
}

const BEFORE_FILE_SEARCH: HashRules = { ...CURRENT_RULES, fileSearch: 'nothing' }
const BEFORE_PROJECT_ID: HashRules = { ...BEFORE_FILE_SEARCH, projectId: false }
const BEFORE_BEDROCK: HashRules = {
  ...BEFORE_PROJECT_ID,
  bedrock: false,
  sharedPaths: ['/api/tags', '/v1/models'],
}
const BEFORE_ROUNDING: HashRules = { ...BEFORE_BEDROCK, rounding: false }
const BEFORE_TEST_ID: HashRules = { ...BEFORE_ROUNDING, testId: false }

/** Newest first: the newest rule that gives the name explains it. */
export const OLDER_RULES: readonly OlderRule[] = [
  {
    id: 'partial-file-search',
    past: 'took only scores and attributes out of file search results for a short while in spring 2026',
    rules: { ...CURRENT_RULES, fileSearch: 'scores-and-attributes' },
  },
  {
    id: 'before-file-search',
    past: 'left scores and ids of file search results in until 2026-04-09',
    rules: BEFORE_FILE_SEARCH,
  },
  {
    id: 'before-project-id',
    past: 'hashed the "project_id" of "extra_body" and "extra_query" until March 2026',
    rules: BEFORE_PROJECT_ID,
  },
  {
    id: 'before-bedrock',
    past: 'hashed the "stream_options" of Bedrock requests until early 2026',
    rules: BEFORE_BEDROCK,
  },
  {
    id: 'before-rounding',
    past: 'rounded no decimal numbers until late 2025',
    rules: BEFORE_ROUNDING,
  },
  {
    id: 'before-test-id',
    past: 'did not hash the id of the test until 2025-10-04',
    rules: BEFORE_TEST_ID,
  },
  {
    // an unmerged state of #5173; last, since it also fits older requests that have no file search in them
    id: 'only-file-search',
    past: 'took scores and attributes out of file search results and rounded nothing for a short while in spring 2026',
    rules: { ...CURRENT_RULES, fileSearch: 'scores-and-attributes', rounding: false },
  },
]

/**
 * On 2026-04-24 the project changed its name from llama-stack to ogx and searched and replaced through its
 * recordings (ogx-ai/ogx#5613). What each new spelling was before; where that cannot be told from the spelling
 * itself, several readings. The first that fits a place counts.
 */
const RENAMED: readonly (readonly [now: string, before: readonly [string, ...string[]]])[] = [
  // the author, where a search result says "Meta Llama 4"
  ['The OGX Contributors', ['Meta Llama', 'Meta Platforms, Inc. and affiliates']],
  ['ogx-ai/ogx', ['meta-llama/llama-stack', 'llamastack/llama-stack']],
  ['ogx-ai.github.io', ['llamastack.github.io']],
  ['X-OGX-', ['X-LlamaStack-']],
  ['x-ogx-', ['x-llamastack-']],
  ['OGX_', ['LLAMA_STACK_']],
  ['OGXClient', ['LlamaStackClient']],
  ['Ogx', ['LlamaStack']],
  ['ogx_', ['llama_stack_']],
  ['_ogx', ['_llama_stack']],
  ['OGX', ['Llama Stack', 'LlamaStack', 'llama-stack']],
  ['ogx', ['llama-stack', 'llama_stack', 'llamastack']],
]

const READINGS = Math.max(...RENAMED.map(([, before]) => before.length))

// inside a longer word, such as base64, it is no name
const NEW_NAMES = new RegExp(
  RENAMED.map(([now]) => {
    const start = /^[A-Za-z]/.test(now) ? '(?<![A-Za-z0-9])' : ''
    return `${start}${now.replaceAll('.', '\\.')}${/[A-Za-z]$/.test(now) ? '(?![a-z0-9])' : ''}`
  }).join('|'),
  'g',
)

/** Ways to undo the renaming in a text; each gives the text back where nothing was renamed. */
export const UNDO_RENAMING: readonly ((text: string) => string)[] = Array.from(
  { length: READINGS },
  (_, reading) => {
    const before = new Map(RENAMED.map(([now, old]) => [now, old[reading] ?? old[0]]))
    return (text: string) => text.replace(NEW_NAMES, (now) => before.get(now) ?? now)
  },
)
