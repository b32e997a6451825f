/** While the code of a page of the library is on its way. */
export function LoadingPage() {
  return <p className="p-8 text-ink-3">Loading…</p>
}
