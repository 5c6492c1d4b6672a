import { defineConfig } from 'rolldown'

/** The server as one file; beside it only what is not JavaScript, the password hash. */
export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  external: [/^@node-rs\/argon2/],
  output: { file: 'dist/main.mjs', format: 'esm', sourcemap: true, codeSplitting: false },
})
