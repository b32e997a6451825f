import { readdirSync, readFileSync } from 'node:fs'

/** Processes whose command line names this profile: the browser that a test started on it, and its children. */
function processesOf(profile: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(profile)
      } catch {
        return false
      }
    })
    .map(Number)
}

/** Ends a browser as a power cut does: SIGKILL to every process of its profile, no goodbye, no flush. */
export async function killBrowser(profile: string): Promise<void> {
  for (let left = processesOf(profile); left.length > 0; left = processesOf(profile)) {
    for (const id of left) {
      try {
        process.kill(id, 'SIGKILL')
      } catch {
        // it has ended with its parent
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
