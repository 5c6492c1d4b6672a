import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startPostgres } from './start-postgres.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockdesk-postgres-test-'))
  chmodSync(folder, 0o755) // PostgreSQL may run as another user
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const answers = (port: number) =>
  new Promise<boolean>(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(socket.destroy() !== null)).once('error', () => resolve(false))
  })
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('comes up, stops in order, comes up again on the same folder, and after a crash too', async () => {
  const first = await startPostgres({ folder: join(folder, 'data') })
  expect(await answers(first.port)).toBe(true)
  await first.stop()
  expect(isAlive(first.pid)).toBe(false)
  const second = await startPostgres({ folder: join(folder, 'data'), port: first.port })
  await second.crash()
  expect(isAlive(second.pid)).toBe(false)
  const third = await startPostgres({ folder: join(folder, 'data') })
  expect(await answers(third.port)).toBe(true)
  await third.stop()
})

test('does not outlive the process that started it, not even a killed one', async () => {
  const code = `
    const { startPostgres } = await import(${JSON.stringify(new URL('start-postgres.ts', import.meta.url).href)})
    const { pid } = await startPostgres({ folder: process.argv[1], isDurable: false })
    console.log(pid)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, join(folder, 'data')])
  const pid = await new Promise<number>(resolve => child.stdout.once('data', (said: Buffer) => resolve(Number(said))))
  expect(isAlive(pid)).toBe(true)
  child.kill('SIGKILL')
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5_000 })
})
