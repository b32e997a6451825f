import { MAX_FILE_BYTES } from '../core/file-text.ts'

/**
 * Fetches a file that the person agreed to: no cookies, no referrer, no redirect to another place, and no more
 * than can be opened. Throws an `Error` whose message is a sentence for a person.
 */
export async function fetchFile(url: string, signal?: AbortSignal): Promise<Uint8Array> {
  const { host } = new URL(url, location.href)
  let response: Response
  try {
    response = await fetch(url, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      ...(signal && { signal }),
    })
  } catch {
    throw new Error(
      `${host} did not answer, redirected, or does not let other pages read this file (CORS). Download it and drop it here.`,
    )
  }
  if (!response.ok) throw new Error(`${host} answered ${response.status} ${response.statusText}`.trim())
  return readCapped(response, host)
}

async function readCapped(response: Response, host: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  const reader = response.body?.getReader()
  if (reader === undefined) return new Uint8Array(0)
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error(`The connection to ${host} broke before the whole file had come. Try again.`)
    })
    if (done) break
    length += value.length
    if (length > MAX_FILE_BYTES) {
      // nobody waits for it, and its own failure would say less than the next line
      reader.cancel().catch(() => {})
      throw new Error(
        `The file on ${host} is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB and was not opened.`,
      )
    }
    parts.push(value)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
