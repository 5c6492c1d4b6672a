// `node tools/tether.mjs PROGRAM …`, itself on the leash: for programs that cannot be preloaded into (`node --watch` is two processes).
import { spawn } from 'node:child_process'

const [program = '', ...args] = process.argv.slice(2)
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] })
child.once('error', error => {
  process.stderr.write(`${program}: ${error.message}\n`)
  process.exitCode = 127
})
child.once('exit', code => (process.exitCode = code ?? 1))
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP']))
  process.on(signal, () => child.kill(signal))
