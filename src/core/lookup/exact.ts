import type { PythonValue } from '../syntax/python-json.ts'
import type { LookUpExact } from './answer.ts'
import { type Candidate, verdictOf } from './candidate.ts'

/** A recording under the very name that is looked for: whether the recorder finds it, and what it will give. */
export function exactOf(candidate: Candidate, askedTest: PythonValue | undefined): LookUpExact {
  const { path, request } = candidate
  const sentences = ['It is there: the file has this name.']
  let found = true
  const verdict = verdictOf(candidate)
  if (verdict.kind === 'older-rule' && (verdict.rule === 'short-name' || verdict.rule === 'name-form')) {
    sentences.push(verdict.because)
    found = false
  } else if (verdict.kind === 'older-rule') {
    sentences.push(`The name was made by a rule that the recorder has given up. ${verdict.because}`)
  } else if (verdict.kind === 'other-request') {
    sentences.push(
      'The request in the file is not the one that the name was made of: it was edited, and the recorder would file it elsewhere.',
    )
  } else if (verdict.kind === 'other-models') {
    sentences.push('The list of models in the file is not the one that the name was made of.')
  }
  const test = typeof askedTest === 'string' ? askedTest : request.testId
  const folder = folderHint(path, test)
  if (folder !== undefined) {
    sentences.push(folder)
    found = false
  }
  return { path, sentences, found }
}

/** The recorder looks into two folders only; undefined where the file lies in one of them, or that cannot be told. */
function folderHint(path: string, test: PythonValue): string | undefined {
  const here = path.slice(0, Math.max(0, path.lastIndexOf('/')))
  if (typeof test !== 'string' || !test.includes('/') || here === '') return undefined
  const ofTest = test.slice(0, test.indexOf('::') === -1 ? test.length : test.indexOf('::'))
  const own = `${ofTest.slice(0, ofTest.lastIndexOf('/'))}/recordings`
  const shared = 'tests/integration/common/recordings'
  // what was opened may begin anywhere above, and be called as it likes
  if ([own, shared].some((folder) => lastTwo(folder).endsWith(lastTwo(here)))) return undefined
  return `The recorder looks only into ${own} and ${shared}; this file lies in ${here}.`
}

function lastTwo(folder: string): string {
  return `/${folder.split('/').slice(-2).join('/')}`
}
