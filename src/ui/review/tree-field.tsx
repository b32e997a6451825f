import { useRef } from 'react'
import type { Browser, Dropped } from '../../workspace/browser.ts'
import type { TreeSource } from '../../workspace/tree.ts'
import { Button } from '../widgets/button.tsx'

export type FileSources = Pick<Browser, 'filesOfDrop' | 'filesOfInput' | 'pickFolder'>

/** One side of a change: a folder or an archive, dropped or chosen. */
export function TreeField({
  label,
  value,
  browser,
  onChange,
}: {
  readonly label: string
  readonly value: readonly TreeSource[]
  readonly browser: FileSources
  onChange(sources: readonly TreeSource[]): void
}) {
  const folder = useRef<HTMLInputElement>(null)
  const archive = useRef<HTMLInputElement>(null)
  const take = async (dropped: Promise<Dropped>): Promise<void> => onChange(treesOf(await dropped))
  const pick = async (): Promise<void> => {
    const picked = await browser.pickFolder()
    if (picked === undefined) folder.current?.click()
    else if (picked !== 'cancelled') onChange([picked])
  }
  return (
    <fieldset
      data-testid={`review-${label.toLowerCase()}`}
      aria-label={label}
      className="grid min-w-0 content-start gap-2 rounded-md border border-dashed border-line-2 p-3"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        event.stopPropagation()
        void take(browser.filesOfDrop(event.dataTransfer))
      }}
    >
      <p className="font-[550]">{label}</p>
      <p className={`truncate ${value.length > 0 ? 'recorded' : 'text-ink-3'}`}>
        {value.length > 0 ? value.map(({ name }) => name).join(', ') : 'Drop a folder or a zip here'}
      </p>
      <div className="flex flex-wrap gap-1.5">
        <Button tone="outline" onClick={() => void pick()}>
          Choose folder
        </Button>
        <Button tone="outline" onClick={() => archive.current?.click()}>
          Choose zip
        </Button>
      </div>
      <div hidden>
        {[folder, archive].map((ref) => (
          <input
            key={ref === folder ? 'folder' : 'archive'}
            ref={ref}
            type="file"
            tabIndex={-1}
            aria-label={`${label}: ${ref === folder ? 'folder' : 'zip or tar.gz'}`}
            // React has no name of its own for this attribute
            {...(ref === folder ? { webkitdirectory: '' } : { multiple: true })}
            onChange={({ currentTarget }) => {
              const taken = take(browser.filesOfInput(currentTarget.files, ref === folder))
              currentTarget.value = ''
              void taken
            }}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** Files one by one are a tree as well. */
function treesOf({ files, trees }: Dropped): readonly TreeSource[] {
  if (files.length === 0) return trees
  const [only] = files
  const name = files.length === 1 && only ? only.name : `${files.length} files`
  return [...trees, { kind: 'files', name, files: files.map((one) => ({ path: one.name, file: one.file })) }]
}
