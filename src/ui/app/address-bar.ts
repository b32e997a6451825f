/** The address bar stops naming a cassette that is no longer the one on screen. */
export function clearAddress(): void {
  if (window.location.hash !== '' || window.location.search !== '') {
    history.replaceState(null, '', window.location.pathname)
  }
}
