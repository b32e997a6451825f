/** Names that a machine made up: they mean nothing but that two of them are the same. */

const UUID = /^(.*?)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const HEX = /^[0-9a-f]{16,}$/i
/** "call_abc123…", "chatcmpl-…", "rec-0123456789ab"; names of models end in words or dates and are none. */
const PREFIXED = /^((?:[a-z][a-z0-9]*[-_]){1,4})([A-Za-z0-9]{12,})$/i

/** What stands before the part that is made up; undefined for a text that is no such name. */
export function idPrefix(value: string): string | undefined {
  if (value.length > 200 || value.length < 12) return undefined
  const uuid = UUID.exec(value)
  if (uuid !== null) return `${uuid[1] ?? ''}uuid:`
  if (HEX.test(value)) return 'hex:'
  const prefixed = PREFIXED.exec(value)
  if (prefixed === null) return undefined
  const random = prefixed[2] ?? ''
  return /\d/.test(random) && /[a-z]/i.test(random) ? prefixed[1] : undefined
}

/** The same for every id of a kind; any other text as it is. */
export function withoutId(value: string): string {
  const prefix = idPrefix(value)
  return prefix === undefined ? value : `\u0000id ${prefix}`
}

/** Which id of one file stands for which of the other. */
export class Renames {
  readonly #to = new Map<string, string>()
  readonly #from = new Map<string, string>()
  /** Ids that are others now. */
  count = 0

  /** Whether the two can be the same thing: they are from now on, and neither can be another. */
  agree(was: string, is: string): boolean {
    const [to, from] = [this.#to.get(was), this.#from.get(is)]
    if (to === undefined && from === undefined) {
      this.#to.set(was, is)
      this.#from.set(is, was)
      if (was !== is) this.count++
      return true
    }
    return to === is && from === was
  }

  /** Two texts that differ only as ids of one kind do. */
  agreeIfIds(was: string, is: string): boolean {
    const prefix = idPrefix(was)
    return prefix !== undefined && prefix === idPrefix(is) && this.agree(was, is)
  }
}
