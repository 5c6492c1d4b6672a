import { startEmulator } from './start-emulator.ts'

const given = process.env['LOCKDESK_EMULATOR_PORT'] ?? '4181'
const port = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN
if (!(port <= 65_535)) fail(`LOCKDESK_EMULATOR_PORT must be a port, such as 4181; it is "${given}".`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0))

try {
  const { url, emulator } = await startEmulator({ port, colleagues: true })
  const { drafts, namespaces } = emulator.describeWorld()
  console.log(`The emulated cloud is at ${url}: ${drafts} drafts in ${namespaces.join(', ')}.`)
} catch (error) {
  fail(
    error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      ? `Port ${port}, where the emulated cloud should listen, is in use: stop what uses it or set LOCKDESK_EMULATOR_PORT.`
      : `The emulated cloud cannot listen on port ${port}: ${error instanceof Error ? error.message : String(error)}.`,
  )
}

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
