import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import type { RememberedFolder } from '../../workspace/library-port.ts'
import { IconButton } from '../widgets/button.tsx'
import { useStores } from './deck.ts'
import { notify } from './notices.ts'
import type { Opener } from './use-opener.ts'

/** Directories of earlier visits; one click and the browser's question away. */
export function RememberedFolders({ opener }: { readonly opener: Opener }) {
  const { libraryPort } = useStores()
  const client = useQueryClient()
  const query = queryOptions({
    queryKey: ['remembered-folders'] as const,
    queryFn: () => libraryPort.remembered(),
    retry: false,
    networkMode: 'always',
  })
  const { data } = useQuery(query)
  if (data === undefined || data.length === 0) return null
  const reopen = async ({ key, name }: RememberedFolder): Promise<void> => {
    const source = await libraryPort.reopen(key)
    if ('problem' in source) notify(`${name} was not opened: ${source.problem}`, 'error')
    else opener.trees([source])
  }
  const forget = async ({ key }: RememberedFolder): Promise<void> => {
    await libraryPort.forget(key)
    await client.invalidateQueries({ queryKey: query.queryKey })
  }
  return (
    <section aria-label="Opened before" className="grid gap-1">
      <h2 className="text-xs font-[550] text-ink-2">Opened before</h2>
      <ul className="flex flex-wrap gap-x-3">
        {data.map((folder) => (
          <li key={folder.key} className="flex items-center">
            <button
              type="button"
              onClick={() => void reopen(folder)}
              className="recorded min-h-6 underline underline-offset-2 pointer-coarse:min-h-10"
            >
              {folder.name}
            </button>
            <IconButton label={`Forget ${folder.name}`} onClick={() => void forget(folder)}>
              <X aria-hidden="true" size={12} />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
