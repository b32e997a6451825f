/** What was recognised in a text that somebody pasted. Plain data throughout. */

/** In which form a request was pasted. */
export type RequestForm = 'recording' | 'request' | 'body' | 'curl' | 'python' | 'http' | 'error'

/**
 * A request as JSON text, each number as it was spelt. What is absent was not said: that it differs from a recording
 * cannot be known.
 */
export interface PastedRequest {
  readonly form: RequestForm
  /** How the recorder would store it: a call of an SDK, a plain HTTP request, a tool. */
  readonly kind: 'sdk' | 'http' | 'tool'
  /** The body, payload or keyword arguments. */
  readonly body: string
  readonly method?: string
  readonly url?: string
  /** JSON text: a string or null. */
  readonly testId?: string
  /** Of a tool, as JSON text. */
  readonly provider?: string
  readonly toolName?: string
  /**
   * How sure it is that this is the body as the recorder saw it: what goes over the wire (curl, raw HTTP) has
   * `extra_body` merged into it and another path.
   */
  readonly wire: boolean
  /** It breaks off: what stands behind the break is not known. */
  readonly cut?: Cut
}

/** Where a request breaks off. */
export interface Cut {
  /** The last of what is there, as it was pasted. */
  readonly after: string
  /** How many brackets of the body are open there, counted along the last member or item of each; 0: the body is whole. */
  readonly levels: number
  /** A text in it breaks off inside. */
  readonly inText: boolean
}

/** A method and a URL that an error names. */
export interface PastedCall {
  readonly method: string
  readonly url: string
}

export interface Paste {
  /** SHA-256 in lower case: 64 digits, or 12 in older names. Distinct, the asked-for first. */
  readonly hashes: readonly string[]
  /** Ids of tests: "tests/integration/x/test_y.py::test_z[a-b]". */
  readonly tests: readonly string[]
  readonly models: readonly string[]
  readonly calls: readonly PastedCall[]
  /** Paths of cassettes that an error names. */
  readonly cassettes: readonly string[]
  readonly requests: readonly PastedRequest[]
  /** Which recorder's error it is, in words: "vcr.py". */
  readonly recorder?: string
  /** Matchers that the error says have failed: "body", "query". */
  readonly failedMatchers: readonly string[]
  /** Words to look for by content where there is no request. */
  readonly words: string
  /** Why nothing can be looked for; a sentence. */
  readonly problem?: string
}
