import path from 'node:path'
import { readText } from './read-text.mjs'

const shells = /^-?(sh|dash|bash|ash|zsh|ksh)$/

/**
 * Calls back once when the npm (or pnpm) that started this process is gone.
 *
 * npm starts a script through `sh -c`. Where `sh` is dash, a SIGTERM to npm reaches that shell alone, and after kill -9 of npm
 * even the shell lives on: so where the parent is such a shell, the grandparent is watched too.
 * @param {() => void} then
 */
export function whenAbandoned(then) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return
  const [program = '', flag] = readText(`/proc/${process.ppid}/cmdline`).split('\0')
  const isShell = shells.test(path.basename(program)) && flag === '-c'
  const lineage = () => (isShell ? `${process.ppid} ${parentOf(process.ppid)}` : String(process.ppid))
  const born = lineage()
  const timer = setInterval(() => {
    if (lineage() === born) return
    clearInterval(timer)
    then()
  }, 100).unref()
}

/**
 * The parent of a process: the second field after the name, which may itself hold spaces and brackets.
 * @param {number} pid
 */
const parentOf = pid => readText(`/proc/${pid}/stat`).split(') ').pop()?.split(' ')[1] ?? ''
