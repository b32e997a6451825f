import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * What the built page may do. Recordings are other people's text: should a hole open somewhere, there is
 * no inline script, no foreign script and no string that becomes code. Styles need 'unsafe-inline' for
 * Monaco, which writes style attributes. Images may be remote because recordings show remote images.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  // WebAssembly is for the brotli decoder; it opens nothing for JavaScript
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https: http:",
  "media-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  "manifest-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/** Only in the build: the dev server's hot reload is an inline script. First in <head>, to hold for all after it. */
function contentSecurityPolicy(): Plugin {
  const meta = `<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}" />`
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      // Text, not Vite's tag objects: those write every quote of the policy as &#39;.
      handler: (html) => html.replace('<head>', () => `<head>\n    ${meta}`),
    },
  }
}

/**
 * Radix writes two constant style sheets (Select, ScrollArea) through innerHTML, which Trusted Types refuse:
 * the component would throw as soon as it opens. The same text as a child is no HTML sink.
 */
function radixStylesAsText(): Plugin {
  return {
    name: 'radix-styles-as-text',
    apply: 'build',
    transform: {
      filter: { id: /@radix-ui\/react-(?:select|scroll-area)\/dist\/index\.mjs/ },
      handler: (code) =>
        code.replace(/dangerouslySetInnerHTML: \{\s*__html: (`[^`]*`)\s*\}/g, 'children: $1'),
    },
  }
}

export default defineConfig({
  // Relative, so that one build works under any path of any static host.
  base: './',
  plugins: [react(), tailwindcss(), radixStylesAsText(), contentSecurityPolicy()],
  worker: { format: 'es' },
  build: {
    // Read by tests/support/bundle-budget.ts.
    manifest: true,
    // A small font as a data: URL would be refused by font-src 'self'.
    assetsInlineLimit: 0,
    // Every browser with the syntax of the build target has it.
    modulePreload: { polyfill: false },
    // The lazy editor is one large chunk by nature; bundle-budget.ts is the judge of sizes.
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: false,
  },
})
