import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** Projects inherit no limit of polls, nor take it from the command line: there it would stay at one second. */
const patient = { expect: { poll: { timeout: 10_000 } } }

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
