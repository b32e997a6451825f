/**
 * Workers under `require-trusted-types-for 'script'`: the one policy of this app lets through script URLs of
 * its own origin and nothing else.
 */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string }
}

let policy: { createScriptURL(url: string): string } | undefined

/** A script URL of this origin, vouched for. Throws for any other. */
function trustedScriptUrl(url: string): string {
  const rules = {
    createScriptURL(candidate: string): string {
      const { origin, href } = new URL(candidate, location.href)
      if (origin !== location.origin) throw new TypeError(`${href} is not a script of this app`)
      return href
    },
  }
  // not every browser has trusted types yet; the check is the same without
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes
  policy ??= types?.createPolicy('cassette-deck', rules) ?? rules
  return policy.createScriptURL(url)
}

/** Starts a module worker from a URL that Vite made (`?worker&url`). */
export function startWorker(url: string): Worker {
  return new Worker(trustedScriptUrl(url), { type: 'module' })
}
