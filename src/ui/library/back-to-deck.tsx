import { useSelect, useStores } from '../app/deck.ts'
import { Button } from '../widgets/button.tsx'

/** The way to the recordings that are open; nothing where none is. */
export function BackToDeck() {
  const { session, screen } = useStores()
  const count = useSelect(session.state, ({ drafts }) => drafts.length)
  if (count === 0) return null
  return (
    <Button onClick={() => screen.set('deck')} title="To the open recordings (Escape)">
      {count === 1 ? 'Open recording' : `${count.toLocaleString('en')} open recordings`}
    </Button>
  )
}
