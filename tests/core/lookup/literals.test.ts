/** Source of Python and of a shell, read as those read it: they are asked themselves. */
import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCurl } from '../../../src/core/lookup/curl.ts'
import { readArguments, readLiteral } from '../../../src/core/lookup/python-literal.ts'

const hasPython = spawnSync('python3', ['--version']).status === 0

describe.skipIf(!hasPython)('a Python literal (skipped where python3 is missing)', () => {
  /** `json.dumps(eval(source))` of each. */
  function python(sources: readonly string[]): readonly string[] {
    const script =
      'import json, sys, ast\nprint(json.dumps([json.dumps(ast.literal_eval(s)) for s in json.load(sys.stdin)]))'
    const { stdout, stderr, status } = spawnSync('python3', ['-c', script], {
      input: JSON.stringify(sources),
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`the harness itself is wrong: ${stderr}`)
    return JSON.parse(stdout) as readonly string[]
  }

  /** As JSON.parse sees both, and where the numbers are spelt: "0.0" is not "0". */
  function same(json: string | undefined, expected: string): void {
    expect(JSON.parse(json ?? 'null')).toEqual(JSON.parse(expected))
    const isFloat = (text: string) =>
      (text.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/[\d.eE+-]+/g) ?? []).map((n) => /[.eE]/.test(n))
    expect(isFloat(json ?? '')).toEqual(isFloat(expected))
  }

  const SOURCES = [
    `{'a': 1, "b": 0.0, 'c': [True, False, None,], }`,
    `('a' 'b' "c", 1_000, .5, 5., 1e-5, 0x1F, -3, +4)`,
    `{'t': '''it's\n"so"''', 'r': r'\\d+', 'u': u'\\u00e9\\x41\\101\\n\\q'}`,
    `[('x')]`,
    `('x',)`,
    `()`,
    `{ # a remark\n 'k': (1, (2, 3)), \n}`,
    `'back\\\nslash'`,
    `'\\U0001F600'`,
    `{'nested': {'deep': [{'x': {'y': []}}]}}`,
  ]

  it('reads what Python reads', () => {
    const expected = python(SOURCES)
    for (const [at, source] of SOURCES.entries()) same(readLiteral(source, 0)?.json, expected[at] ?? '')
  })

  it('reads whatever Python prints', () => {
    const script = 'import json, sys\nprint(json.dumps([repr(v) for v in json.load(sys.stdin)]))'
    const values = fc
      .sample(fc.jsonValue({ maxDepth: 3 }), 300)
      .filter((value) => !/-0(?![.\d])/.test(JSON.stringify(value)))
    const { stdout } = spawnSync('python3', ['-c', script], {
      input: JSON.stringify(values),
      encoding: 'utf8',
    })
    const printed = JSON.parse(stdout) as readonly string[]
    values.forEach((value, at) => {
      const read = readLiteral(printed[at] ?? '', 0)
      expect(JSON.parse(read?.json ?? '"unread"')).toEqual(JSON.parse(JSON.stringify(value)))
      expect(read?.end).toBe(printed[at]?.length)
    })
  })

  it.each(["{'a': x}", "{'a': f(1)}", "'open", "f'{x}'", '{1: 2}', '[1, 2', "{'a' 1}", ''])(
    'refuses what is no literal of a request: %s',
    (source) => expect(readLiteral(source, 0)).toBeUndefined(),
  )
})

describe('keyword arguments', () => {
  it('are an object; what is not given is left out, what is unpacked is put in', () => {
    const source = `(model="m", messages=[{'role': 'user'}], n=NOT_GIVEN, top_p=openai.NOT_GIVEN, x=omit, **{'y': 1.0},)`
    expect(readArguments(source, 0)?.json).toBe('{"model": "m", "messages": [{"role": "user"}], "y": 1.0}')
  })

  it('are none where a name stands for a value', () => {
    expect(readArguments('(model=MODEL)', 0)).toBeUndefined()
  })
})

describe('a curl command', () => {
  /** What a shell hands over to curl. */
  function shell(command: string): readonly string[] {
    const { stdout } = spawnSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], {
      encoding: 'utf8',
    })
    return stdout.split('\0').slice(0, -1)
  }

  const text = fc.string({
    unit: fc.constantFrom('a', ' ', "'", '"', '\\', '\n', '$', '`', 'é', '{', '}', ';', '|'),
  })
  const single = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`
  const double = (word: string): string => `"${word.replace(/["\\$`]/g, '\\$&')}"`

  it('is read as a shell reads it', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(single, double), (word, quoted) => {
        const command = `curl -X PUT \\\n -H 'a: b' https://x/y -d ${quoted(word)}`
        expect(readCurl(command)?.data).toBe(shell(command).at(-1))
      }),
      { numRuns: 40 },
    )
  })

  it.each([
    [`curl https://x/y --json '{"a":1}'`, 'POST', '{"a":1}'],
    [`curl https://x/y`, 'GET', undefined],
    [`curl -sSX POST https://x/y --data-raw $'{"a":"it\\'s\\n"}'`, 'POST', `{"a":"it's\n"}`],
    [`curl --request=PUT --url https://x/y -d'{"a":1}' | jq .`, 'PUT', '{"a":1}'],
    [`curl.exe ^"https://x/y^" ^\n  --data-raw ^"^{^\\^"a^\\^":1^}^"`, 'POST', '{"a":1}'],
  ])('%s', (command, method, data) => {
    expect(readCurl(`$ ${command}`)).toMatchObject({ method, url: 'https://x/y' })
    expect(readCurl(`$ ${command}`)?.data).toBe(data)
  })
})
