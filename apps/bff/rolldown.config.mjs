import { defineConfig } from 'rolldown'

const file = name => ({ file: `dist/${name}.mjs`, format: 'esm', sourcemap: true, codeSplitting: false })

/** The server as one file, and the threads of its store as another; beside them only what is not JavaScript, the password hash. */
export default defineConfig([
  { input: 'src/main.ts', platform: 'node', external: [/^@node-rs\/argon2/], output: file('main') },
  { input: 'src/database/sqlite-thread.ts', platform: 'node', output: file('sqlite-thread') },
])
