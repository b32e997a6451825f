import { describe, expect, it } from 'vitest'
import { parsePaste } from '../../../src/core/lookup/parse-paste.ts'

const HASH = 'ab'.repeat(32)
const TEST =
  'tests/integration/responses/test_tool_responses.py::TestX::test_parallel[openai_client-txt=azure/gpt-4o]'

describe('an error of the Llama Stack recorder', () => {
  const ERROR = `E   RuntimeError: Recording not found for request hash: ${HASH}
E   Model: gpt-4o | Request: POST https://lls-test.openai.azure.com/openai/v1/v1/chat/completions
E   
E   Run './scripts/integration-tests.sh --inference-mode record-if-missing' with required API keys to generate.
FAILED ${TEST} - RuntimeError: Recording not found`

  const wanted = {
    hashes: [HASH],
    tests: [TEST],
    models: ['gpt-4o'],
    calls: [{ method: 'POST', url: 'https://lls-test.openai.azure.com/openai/v1/v1/chat/completions' }],
    requests: [],
    recorder: 'Llama Stack / OGX',
  }

  it('tells hash, test, model and URL', () => expect(parsePaste(ERROR)).toMatchObject(wanted))

  it('does so in colours, with the times of a build log, with line ends of Windows', () => {
    const coloured = ERROR.split('\n').map((line) => `\u001b[31m${line}\u001b[0m`)
    expect(parsePaste(coloured.join('\r\n'))).toMatchObject(wanted)
    const logged = ERROR.split('\n').map((line) => `2026-11-23T21:06:00.1234567Z ${line}`)
    expect(parsePaste(logged.join('\n'))).toMatchObject(wanted)
  })

  it('does so where the message is printed as a Python string', () => {
    const printed = `RuntimeError('Recording not found for genai request hash: ${HASH}\\nModel: gemini-2.5 | Request: POST vertexai:///generate_content\\n\\nRun x')`
    const { hashes, models, calls } = parsePaste(printed)
    expect({ hashes, models, calls }).toEqual({
      hashes: [HASH],
      models: ['gemini-2.5'],
      calls: [{ method: 'POST', url: 'vertexai:///generate_content' }],
    })
  })

  it('holds the whole request where an older recorder wrote it', () => {
    const { hashes, requests } =
      parsePaste(`RuntimeError: No recorded response found for request hash: 1d82e9439ae3
Request: POST http://0.0.0.0:11434/v1/v1/chat/completions {'model': 'llama', 'messages': [{'role': 'user', 'content': "it's"}], 'temperature': 0.0, 'stream': False}
Model: llama`)
    expect(hashes).toEqual(['1d82e9439ae3'])
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      form: 'error',
      method: 'POST',
      url: 'http://0.0.0.0:11434/v1/v1/chat/completions',
      wire: false,
    })
    expect(requests[0]?.body).toContain('"temperature": 0.0')
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      model: 'llama',
      messages: [{ role: 'user', content: "it's" }],
      temperature: 0,
      stream: false,
    })
  })
})

describe('a hash', () => {
  it.each([
    HASH,
    `${HASH}.json`,
    `recordings/${HASH}.json`,
    `models-${HASH}-4a65eed3.json`,
    `  ${HASH.toUpperCase()}\n`,
  ])('is known in %s', (text) => expect(parsePaste(text).hashes).toEqual([HASH]))

  it.each(['1d82e9439ae3', '1d82e9439ae3.json', 'rec-1d82e9439ae3', 'Request hash: 1d82e9439ae3'])(
    'of twelve digits is known in %s',
    (text) => expect(parsePaste(text).hashes).toEqual(['1d82e9439ae3']),
  )

  it('is not the end of a UUID, nor a part of a longer one', () => {
    expect(parsePaste('01234567-89ab-cdef-0123-456789abcdef.json').hashes).toEqual([])
    expect(parsePaste('f'.repeat(80)).hashes).toEqual([])
  })
})

describe('errors of other recorders', () => {
  it('vcr.py', () => {
    expect(
      parsePaste(`vcr.errors.CannotOverwriteExistingCassetteException: Can't overwrite existing cassette ('/a/cassettes/x.yaml') in your current record mode ('none').
No match for the request (<Request (POST) https://api.openai.com/v1/chat/completions>) was found.
Found 1 similar requests with 1 different matcher(s) :

1 - (<Request (POST) https://api.openai.com/v1/chat/completions>).
Matchers succeeded : ['method', 'uri']
Matchers failed :
body - assertion failure :
None`),
    ).toMatchObject({
      recorder: 'vcr.py',
      cassettes: ['/a/cassettes/x.yaml'],
      calls: [{ method: 'POST', url: 'https://api.openai.com/v1/chat/completions' }],
      failedMatchers: ['body'],
    })
  })

  it('Ruby VCR', () => {
    expect(
      parsePaste(`     VCR::Errors::UnhandledHTTPRequestError:
       An HTTP request has been made that VCR does not know how to handle:
         POST https://api.openai.com/v1/chat/completions

       VCR is currently using the following cassette:
         - /home/me/spec/fixtures/vcr_cassettes/chat_basic.yml
           - :record => :none`),
    ).toMatchObject({
      recorder: 'Ruby VCR',
      cassettes: ['/home/me/spec/fixtures/vcr_cassettes/chat_basic.yml'],
      calls: [{ method: 'POST', url: 'https://api.openai.com/v1/chat/completions' }],
    })
  })

  it('nock', () => {
    const { recorder, requests } = parsePaste(`Error: Nock: No match for request {
  "method": "POST",
  "url": "https://api.openai.com/v1/chat/completions",
  "headers": { "content-type": "application/json" },
  "body": "{\\"model\\": \\"m\\", \\"messages\\": [], \\"top_p\\": 1.0}"
}`)
    expect(recorder).toBe('nock')
    expect(requests).toEqual([
      {
        form: 'request',
        kind: 'sdk',
        body: '{"model": "m", "messages": [], "top_p": 1.0}',
        method: 'POST',
        url: 'https://api.openai.com/v1/chat/completions',
        wire: true,
      },
    ])
  })

  it('Polly.js and go-vcr', () => {
    const polly = parsePaste(
      '[Polly] [adapter:fetch] Recording for the following request is not found and `recordIfMissing` is `false`.\nPOST https://api.openai.com/v1/chat/completions\n',
    )
    expect(polly).toMatchObject({ recorder: 'Polly.js', calls: [{ method: 'POST' }] })
    const go = parsePaste('Post "https://api.anthropic.com/v1/messages": requested interaction not found')
    expect(go.recorder).toBe('go-vcr')
  })

  it('httprr, with the whole request', () => {
    const { recorder, requests } = parsePaste(`cached HTTP response not found for:
POST https://api.openai.com/v1/chat/completions HTTP/1.1
Host: api.openai.com
Content-Type: application/json

{"model":"gpt-4o","messages":[]}

Hint: Re-run tests with -httprecord=. to record new HTTP interactions`)
    expect(recorder).toBe('httprr')
    expect(requests).toMatchObject([
      {
        form: 'http',
        url: 'https://api.openai.com/v1/chat/completions',
        body: '{"model":"gpt-4o","messages":[]}',
      },
    ])
  })
})

describe('what says nothing', () => {
  it.each(['', ' \n', 'hello there', '{"a": 1}', '{', 'def f(x=1): pass', '((((((('])(
    'has a problem: %j',
    (text) => {
      const { problem, requests } = parsePaste(text)
      expect(requests).toEqual([])
      expect(problem).toBeTypeOf('string')
    },
  )

  it('is given up in reasonable time, however long', () => {
    for (const text of [
      '{'.repeat(200_000),
      '{"a":'.repeat(50_000),
      "{'a': ".repeat(50_000),
      '"'.repeat(200_000),
    ]) {
      expect(parsePaste(text).requests).toEqual([])
    }
  })
})
