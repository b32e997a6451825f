import { queryOptions } from '@tanstack/react-query'
import { remoteFileQuery } from './remote-file.ts'

/** Hosts that a page may ask without encryption: its own machine. */
const LOOPBACK = /^(?:localhost|127\.0\.0\.1)(?::\d+)?$/

/** The bytes of a remote image, to be kept in the recording. Asked for by hand, so never kept here. */
export function remoteImageQuery(url: string) {
  const { protocol, host } = new URL(url)
  const file = remoteFileQuery(url)
  return queryOptions({
    queryKey: ['remote-image', url] as const,
    queryFn: async ({ client }): Promise<Uint8Array> => {
      if (protocol !== 'https:' && !LOOPBACK.test(host)) {
        throw new Error(
          `A page may only read https: addresses, and ${host} was recorded with ${protocol} Save the image and drop it here.`,
        )
      }
      try {
        return await client.fetchQuery(file)
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        // a browser does not tell which of the three it was
        throw /CORS/.test(reason)
          ? new Error(
              `${host} does not let other pages read it, redirects, or did not answer. Save the image and drop it here.`,
            )
          : error
      }
    },
    staleTime: 0,
    gcTime: 0,
    retry: false,
    structuralSharing: false,
    networkMode: 'always',
  })
}
