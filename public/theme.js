// Classic and blocking: the theme must be on <html> before the first paint. External, because the content
// security policy refuses inline scripts. Storage can be forbidden altogether, hence the try.
;(() => {
  let chosen = null
  try {
    chosen = localStorage.getItem('cassette-deck:theme')
  } catch {}
  const explicit = chosen === 'light' || chosen === 'dark'
  const theme = explicit ? chosen : matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  document.documentElement.dataset.theme = theme
  if (!explicit) return
  // The browser's own colours (blank page, scrollbars, address bar) follow the choice, not the system.
  document.querySelector('meta[name="color-scheme"]').content = theme
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.content = theme === 'dark' ? '#131210' : '#faf9f7'
  }
})()
