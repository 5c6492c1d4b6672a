import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readText } from './read-text.mjs'

/** A lock is made and filled in two steps; one that stays empty for longer was left by a process killed between them. */
const emptyForMs = 2000

/**
 * A process, told apart from a later one that was given the same number; null once it has ended. One that ended stays listed as a
 * zombie until its parent asks, and in a container whose first process never asks, for ever.
 * @param {number} pid
 */
function nameOf(pid) {
  const [state, ...facts] = readText(`/proc/${pid}/stat`).split(') ').pop()?.split(' ') ?? []
  if (state === 'Z' || state === 'X') return null
  const started = facts[18]
  return started ? `${pid}@${started}` : String(pid)
}

/** @param {string} name */
function isAlive(name) {
  const pid = Number.parseInt(name, 10)
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return false // EPERM: somebody else's, and alive
  }
  return nameOf(pid) === name
}

/**
 * Whether anybody stands behind a lock: its owner, or a step of the owner's that outlived it.
 * @param {string} file
 */
function isHeld(file) {
  const words = readText(file)
  if (words !== '') return words.split(' ').some(isAlive)
  try {
    return Date.now() - fs.statSync(file).mtimeMs < emptyForMs
  } catch {
    return false
  }
}

/**
 * Takes an abandoned lock away. Two may find it abandoned at once, and the slower one must not take the faster one's new lock:
 * so it is moved aside first, and put back where it turns out to be held.
 * @param {string} file
 */
function clear(file) {
  const aside = `${file}.${process.pid}`
  try {
    fs.renameSync(file, aside)
    if (isHeld(aside)) fs.renameSync(aside, file)
    else fs.rmSync(aside, { force: true })
  } catch {
    // somebody else was faster
  }
}

/**
 * Does the work while no other launcher prepares the same folder. A lock left by kill -9 blocks nobody.
 * @template T
 * @param {string} file
 * @param {(alsoHeldBy: (pid: number) => void) => Promise<T>} work `alsoHeldBy` names a step that must end before anybody else may start
 * @param {() => void} onWait called once, when there is somebody to wait for
 * @returns {Promise<T>}
 */
export async function alone(file, work, onWait) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const own = nameOf(process.pid) ?? String(process.pid)
  for (let hasTold = false; ; await pause(200)) {
    try {
      fs.writeFileSync(file, own, { flag: 'wx' })
      break
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
    if (!isHeld(file)) clear(file)
    else if (!hasTold) {
      hasTold = true
      onWait()
    }
  }
  try {
    return await work(pid => fs.writeFileSync(file, `${own} ${nameOf(pid) ?? ''}`.trim()))
  } finally {
    fs.rmSync(file, { force: true })
  }
}
