import { defineConfig } from 'vitest/config'

export default defineConfig({
  // A slow machine is no failure; an algorithm whose time grows with the square is: it meets this limit.
  test: {
    testTimeout: 120_000,
    setupFiles: ['tests/support/property-seed.ts'],
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**'],
  },
})
