/** A place as people count it: both from 1, the column in UTF-16 units. */
export interface LineColumn {
  readonly line: number
  readonly column: number
}

/** Line and column of an offset; "\n", "\r\n" and "\r" end a line. */
export function lineColumnAt(text: string, offset: number): LineColumn {
  const end = Math.min(offset, text.length)
  let line = 1
  let lineStart = 0
  for (let at = 0; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) {
      line++
      lineStart = at + 1
    }
  }
  return { line, column: end - lineStart + 1 }
}
