import { afterEach, expect, it, vi } from 'vitest'
import { usePaste } from '../../src/ui/app/use-arrivals.ts'
import type { Opener } from '../../src/ui/app/use-opener.ts'

vi.mock('react', async (load) => ({
  ...(await load<typeof import('react')>()),
  useEffect: (run: () => void) => run(),
}))

afterEach(() => {
  vi.unstubAllGlobals()
})

it('what looks like an address and is none is refused in words', () => {
  let paste: (event: unknown) => void = () => {}
  vi.stubGlobal('Element', class {})
  vi.stubGlobal('window', {
    addEventListener: (_: string, listen: typeof paste) => {
      paste = listen
    },
  })
  const opener = { url: vi.fn(async () => {}) }
  usePaste(opener as unknown as Opener)
  const clipboardData = { files: [], getData: () => 'https://[x' }
  paste({ target: null, clipboardData, preventDefault: () => {} })
  expect(opener.url).toHaveBeenCalledWith('https://[x')
})
