import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { IconButton } from '../widgets/button.tsx'

/** An image as large as the window allows. */
export function ImageLightbox({
  src,
  name,
  caption,
  crossOrigin,
  onClose,
  onClosed,
}: {
  readonly src: string
  readonly name: string
  readonly caption: string
  readonly crossOrigin: 'anonymous' | undefined
  onClose(): void
  /** It is gone; the focus belongs back where it came from. */
  onClosed(): void
}) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-bg" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={onClosed}
          className="fixed inset-0 z-50 flex flex-col text-ink outline-none"
        >
          <div className="flex h-12 shrink-0 items-center gap-3 border-b bg-pane px-5 max-md:px-4">
            <Dialog.Title className="shrink-0 font-semibold">{name}</Dialog.Title>
            <span className="min-w-0 truncate text-ink-3">{caption}</span>
            <Dialog.Close asChild>
              <IconButton label="Close" className="ml-auto">
                <X size={16} aria-hidden />
              </IconButton>
            </Dialog.Close>
          </div>
          {/* the ground around the picture closes too, as it does everywhere else */}
          <button
            type="button"
            tabIndex={-1}
            aria-label="Close the enlarged image"
            onClick={onClose}
            className="grid min-h-0 flex-1 cursor-zoom-out! place-items-center p-5 max-md:p-2"
          >
            <img
              src={src}
              alt={name}
              referrerPolicy="no-referrer"
              crossOrigin={crossOrigin}
              className="max-h-full max-w-full object-contain"
            />
          </button>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
