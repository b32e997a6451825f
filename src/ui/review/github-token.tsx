import { useId, useState } from 'react'
import { Button } from '../widgets/button.tsx'
import { Input } from '../widgets/field.tsx'

/** A field for a token, and the way to try again with it. */
export function GitHubToken({ onToken }: { onToken(token: string): void }) {
  const [token, setToken] = useState('')
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        onToken(token.trim())
      }}
    >
      <TokenField value={token} onChange={setToken} />
      <Button tone="outline" type="submit">
        Try again
      </Button>
    </form>
  )
}

export function TokenField({ value, onChange }: { readonly value: string; onChange(value: string): void }) {
  const id = useId()
  return (
    <div className="grid min-w-0 flex-1 gap-0.5 text-sm text-ink-2">
      <label htmlFor={id}>
        Token, for private repositories or more requests (kept until this tab is closed, sent to GitHub only)
      </label>
      <Input
        id={id}
        type="password"
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        className="recorded w-full"
      />
    </div>
  )
}
