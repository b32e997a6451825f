import { queryOptions } from '@tanstack/react-query'
import { fetchFile } from '../platform/fetch-file.ts'

/** The bytes behind a URL that the person agreed to. Asked for anew each time: files on servers change. */
export function remoteFileQuery(url: string) {
  return queryOptions({
    queryKey: ['remote-file', url] as const,
    queryFn: ({ signal }) => fetchFile(url, signal),
    staleTime: 0,
    gcTime: 0,
    retry: false,
    structuralSharing: false,
    networkMode: 'always',
  })
}
