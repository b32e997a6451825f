import { Popover } from 'radix-ui'
import { useRef, useState } from 'react'
import { MAX_LINK_CHARACTERS, packFile } from '../../core/exports/permalink.ts'
import { encodeFile } from '../../core/file-text.ts'
import type { Draft } from '../../workspace/draft.ts'
import { formatLocation } from '../../workspace/location.ts'
import { chunksArrived } from '../../workspace/playback.ts'
import { Button } from '../widgets/button.tsx'
import { useStores } from './deck.ts'
import { downloadDraft } from './saving.ts'

type Shared =
  | { readonly kind: 'link'; readonly link: string; readonly copied: boolean }
  | { readonly kind: 'too-long'; readonly characters: number | undefined; readonly bytes: number }

/** Where links of this length still arrive whole. */
function reach(characters: number): string {
  if (characters <= 2000) return 'short enough for every chat and mail program'
  if (characters <= 8000) return 'too long for some chat programs'
  return 'for browsers and documents; chat programs cut it'
}

/** Copies a link that holds the whole cassette and the playhead; says what it is and how far it carries. */
export function ShareButton({ draft }: { readonly draft: Draft }) {
  const stores = useStores()
  const { browser, playback } = stores
  const [shared, setShared] = useState<Shared>()
  const button = useRef<HTMLButtonElement>(null)
  const share = async (): Promise<void> => {
    const bytes = encodeFile({ ...draft.base, text: draft.text })
    const packed = packFile(bytes)
    if (!packed.ok) {
      setShared({ kind: 'too-long', characters: packed.characters, bytes: bytes.length })
      return
    }
    const now = playback.get()
    const arrived = chunksArrived(now)
    const fragment = formatLocation({
      source: { kind: 'data', data: packed.data, name: draft.name },
      ...(now.draftId === draft.id && now.interaction > 0 && { interaction: now.interaction }),
      ...(arrived < now.count && { position: arrived }),
    })
    const link = `${window.location.origin}${window.location.pathname}${fragment}`
    setShared({ kind: 'link', link, copied: await browser.copyText(link) })
  }
  return (
    <Popover.Root open={shared !== undefined} onOpenChange={(open) => !open && setShared(undefined)}>
      <Popover.Anchor asChild>
        <Button
          ref={button}
          aria-haspopup="dialog"
          aria-expanded={shared !== undefined}
          onClick={() => void share()}
        >
          Share
        </Button>
      </Popover.Anchor>
      <Popover.Content
        aria-label="Share"
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          button.current?.focus()
        }}
        align="end"
        sideOffset={6}
        collisionPadding={8}
        className="z-50 grid w-[min(380px,calc(100vw-16px))] gap-2 rounded-lg border border-line-2 bg-pane p-4 shadow-lg"
      >
        {shared?.kind === 'link' && <LinkReady link={shared.link} copied={shared.copied} />}
        {shared?.kind === 'too-long' && (
          <>
            <h2 className="font-semibold">Too large for a link</h2>
            <p className="text-ink-2">
              This cassette has {shared.bytes.toLocaleString('en')} bytes
              {shared.characters !== undefined &&
                ` and would make a link of ${shared.characters.toLocaleString('en')} characters`}
              ; browsers keep links of up to {MAX_LINK_CHARACTERS.toLocaleString('en')} characters. Send the
              file instead: it opens here with one drop. Or put it on a web server and share this page with{' '}
              <span className="recorded">#url=…</span>
            </p>
            <div>
              <Button tone="outline" onClick={() => downloadDraft(stores, draft)}>
                Download the file
              </Button>
            </div>
          </>
        )}
      </Popover.Content>
    </Popover.Root>
  )
}

function LinkReady({ link, copied }: { readonly link: string; readonly copied: boolean }) {
  return (
    <>
      <h2 className="font-semibold">
        <span role="status">{copied ? 'Link copied' : 'Copy this link'}</span>
      </h2>
      <input
        aria-label="Link"
        readOnly
        value={link}
        onFocus={(event) => event.currentTarget.select()}
        className="recorded h-8 w-full rounded-md border border-line-2 bg-sunk px-2"
      />
      <p className="text-sm text-ink-2">
        {link.length.toLocaleString('en')} characters, {reach(link.length)}. It holds the whole recording, so
        whoever has the link can read it; nothing is stored on a server.
      </p>
    </>
  )
}
