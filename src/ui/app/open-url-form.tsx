import { useState } from 'react'
import { judgeRemote } from '../../workspace/remote.ts'
import { Button } from '../widgets/button.tsx'
import type { Opener } from './use-opener.ts'

/** A URL typed by the person: typing it is the agreement, so its host is not asked about again. */
export function OpenUrlForm({ opener, close }: { readonly opener: Opener; close(): void }) {
  const [url, setUrl] = useState('')
  const [problem, setProblem] = useState<string>()
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        const verdict = judgeRemote(url.trim(), window.location.href)
        if (verdict.kind === 'refused') setProblem(verdict.reason)
        else {
          close()
          void opener.agreedUrl(verdict.url, {})
        }
      }}
    >
      <input
        type="text"
        inputMode="url"
        required
        aria-label="URL of a recording"
        placeholder="https://raw.githubusercontent.com/…/recording.json"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        className="recorded h-9 rounded-md border border-line-2 bg-sunk px-2.5"
      />
      {problem && (
        <p role="alert" className="text-error">
          {problem}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button tone="main" type="submit">
          Open this URL
        </Button>
      </div>
    </form>
  )
}
