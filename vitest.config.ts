import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      'packages/*',
      'apps/*',
      { test: { name: 'tools', root: 'tools', include: ['**/*.test.ts'], exclude: ['canaries/**', 'toolchain/**'] } },
      { test: { name: 'e2e', root: 'e2e/browser', include: ['**/*.test.ts'] } },
    ],
  },
})
