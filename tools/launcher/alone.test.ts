import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { alone } from './alone.mjs'

let folder = ''
let lock = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alone-'))
  lock = join(folder, 'lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const nobodyWaits = () => {
  throw new Error('waited')
}
/** The number of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ['--version']).pid

test('lets one work at a time, and everybody in the end', async () => {
  let atWork = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++atWork)
    await new Promise(setImmediate)
    atWork -= 1
  }
  await Promise.all([1, 2, 3].map(() => alone(lock, work, () => {})))
  expect(most).toBe(1)
  expect(existsSync(lock)).toBe(false)
})

test('gives way when the work fails', async () => {
  await expect(alone(lock, () => Promise.reject(new Error('cut off')), nobodyWaits)).rejects.toThrow('cut off')
  expect(await alone(lock, async () => 'done', nobodyWaits)).toBe('done')
})

test.each([
  ['of a process that is dead', () => String(deadPid())],
  ['of two that are dead', () => `${deadPid()} ${deadPid()}`],
  ['of a process whose number was given to another since', () => `${process.pid}@1`],
])('is not held up by a lock %s', async (_, words) => {
  writeFileSync(lock, words())
  expect(await alone(lock, async () => 'done', nobodyWaits)).toBe('done')
})

if (process.platform === 'linux')
  test('is not held up by one that has ended and that nobody asked how', async () => {
    const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'])
    try {
      const [pid] = await once(parent.stdout.setEncoding('utf8'), 'data')
      const zombie = () => readFileSync(`/proc/${String(pid).trim()}/stat`, 'utf8').includes(') Z ')
      await expect.poll(zombie).toBe(true)
      writeFileSync(lock, String(pid).trim())
      expect(await alone(lock, async () => 'done', nobodyWaits)).toBe('done')
    } finally {
      parent.kill('SIGKILL')
    }
  })

test('is not held up by a lock that was never filled', async () => {
  writeFileSync(lock, '')
  utimesSync(lock, 0, 0)
  expect(await alone(lock, async () => 'done', nobodyWaits)).toBe('done')
})

test('waits for a step that outlived its launcher', async () => {
  await alone(
    lock,
    async alsoHeldBy => {
      alsoHeldBy(process.pid)
      const [owner, step] = readFileSync(lock, 'utf8').split(' ')
      expect(step).toBe(owner)
      writeFileSync(lock, `${deadPid()} ${step}`)
      let hasWaited = false
      const second = alone(
        lock,
        async () => 'second',
        () => (hasWaited = true),
      )
      await expect.poll(() => hasWaited).toBe(true)
      rmSync(lock)
      expect(await second).toBe('second')
    },
    nobodyWaits,
  )
})
