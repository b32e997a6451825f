import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import type { Located } from '../../core/text/address.ts'
import { useDeck } from '../app/deck.ts'
import { Button } from '../widgets/button.tsx'
import { useImageEdits, usePastedImage } from './use-image-edits.ts'

/** Where the bytes of a remote image come from, once they may be asked for. */
export interface RemoteSource {
  readonly src: string
  readonly host: string
}

const QUIET =
  'opacity-0 group-focus-within/image:opacity-100 group-hover/image:opacity-100 aria-disabled:cursor-not-allowed pointer-coarse:opacity-100'

/** The place of an image, which takes another one: dropped on it, chosen, or pasted while it has the focus. */
export function ReplaceableImage({
  url,
  mediaType,
  remote,
  children,
}: {
  readonly url: Located<string>
  readonly mediaType: string | undefined
  readonly remote: RemoteSource | undefined
  readonly children: ReactNode
}) {
  const { editable } = useDeck()
  const edits = useImageEdits(url, mediaType)
  const place = useRef<HTMLDivElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  usePastedImage(place, edits)
  const isIdle = editable && edits.busy === undefined

  const onDrop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    const text = event.dataTransfer.getData('text/uri-list') || event.dataTransfer.getData('text/plain')
    if (file !== undefined) void edits.replaceBy(file)
    else if (text !== '') edits.replaceByUrl(text)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop has a button beside it that does the same
    <div
      ref={place}
      data-takes-drop
      className="group/image w-fit max-w-full"
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <div className={over ? 'rounded outline-2 outline-offset-2 outline-tape outline-dashed' : ''}>
        {children}
      </div>
      <div className="mt-0.5 -ml-2.5 flex flex-wrap">
        <Button
          aria-disabled={!isIdle}
          className={`text-sm ${QUIET}`}
          onClick={() => isIdle && picker.current?.click()}
        >
          Replace image…
        </Button>
        {remote && (
          <Button
            aria-disabled={!isIdle}
            className={`text-sm ${QUIET}`}
            title="Keep the image in the recording, so that it stands alone"
            onClick={() => isIdle && void edits.inline(remote.src, remote.host)}
          >
            Inline image
          </Button>
        )}
      </div>
      <input
        ref={picker}
        type="file"
        accept="image/*"
        aria-label="Image file"
        hidden
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          currentTarget.value = ''
          if (file !== undefined) void edits.replaceBy(file)
        }}
      />
      <p role="status" className="text-sm text-ink-2">
        {over ? 'Drop to replace this image.' : edits.busy}
      </p>
      {edits.refusal !== undefined && (
        <p role="alert" className="max-w-[264px] text-sm text-error">
          {edits.refusal}
        </p>
      )}
    </div>
  )
}
