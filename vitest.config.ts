import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/**
 * Projects inherit no limits, nor take them from the command line: there they would stay at one second for a poll and five for a test. A real
 * PostgreSQL and real processes on a busy machine need more, and nothing here is proved by being quick.
 */
const patient = { expect: { poll: { timeout: 10_000 } }, testTimeout: 30_000, hookTimeout: 30_000 }

const rooms = ['packages', 'apps'].flatMap(folder =>
  readdirSync(folder).map(name => ({
    ...(name === 'web' && { extends: 'apps/web/vite.config.ts' }),
    test: { name: `@lockdesk/${name}`, root: `${folder}/${name}`, ...patient },
  })),
)

export default defineConfig({
  test: {
    projects: [
      ...rooms,
      {
        test: {
          name: 'tools',
          root: 'tools',
          include: ['**/*.test.ts'],
          exclude: ['canaries/**', 'toolchain/**'],
          ...patient,
        },
      },
      { test: { name: 'e2e', root: 'e2e/browser', include: ['**/*.test.ts'], ...patient } },
      // After all others: what breaks a house under test must not be slowed down by them.
      {
        test: {
          name: 'chaos',
          root: 'e2e',
          include: ['chaos/**/*.test.ts', 'bench/**/*.test.ts'],
          sequence: { groupOrder: 1 },
          ...patient,
        },
      },
    ],
  },
})
