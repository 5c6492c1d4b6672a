// The front door of every script: `node tools/run.mjs COMMAND …`. Plain Node 20 and nothing installed is enough.
import { runGuards } from './check/run-guards.mjs'
import { bench } from './commands/bench.mjs'
import { chaos } from './commands/chaos.mjs'
import { dev } from './commands/dev.mjs'
import { e2e } from './commands/e2e.mjs'
import { operate } from './commands/operate.mjs'
import { pictures } from './commands/pictures.mjs'
import { start } from './commands/start.mjs'
import { test } from './commands/test.mjs'
import { lineOf } from './count-tests.mjs'
import { createChildren } from './launcher/children.mjs'
import { whenAbandoned } from './launcher/lineage.mjs'
import { prepare } from './launcher/prepare.mjs'

/**
 * @typedef {import('./launcher/prepare.mjs').House} House
 * @type {Record<string, { builds: boolean, run: (house: House, args: string[]) => Promise<number> }>}
 */
const commands = {
  start: { builds: true, run: start },
  dev: { builds: true, run: dev },
  build: { builds: true, run: async () => 0 },
  check: { builds: false, run: check },
  test: { builds: false, run: test },
  e2e: { builds: true, run: e2e },
  chaos: { builds: true, run: chaos },
  bench: { builds: true, run: bench },
  pictures: { builds: true, run: pictures },
  person: { builds: true, run: operate('person') },
  verify: { builds: true, run: operate('verify') },
  copy: { builds: true, run: operate('copy') },
}

/** @param {House} house */
async function check(house) {
  const tally = await runGuards(house)
  console.log(lineOf(tally))
  return tally.failed > 0 ? 1 : 0
}

/** @param {string} words */
const say = words => void process.stderr.write(`${words}\n`)
const children = createChildren()
let isLeaving = false

/** @param {number} code */
async function leave(code) {
  if (isLeaving) return
  isLeaving = true
  await children.stop()
  process.exit(code)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void leave(0))
whenAbandoned(() => void leave(1))

const [name = 'start', ...given] = process.argv.slice(2)
const args = given[0] === '--' ? given.slice(1) : given // pnpm hands the dashes down
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
try {
  if (!command) throw new Error(`there is no such command. There are ${Object.keys(commands).join(', ')}.`)
  const house = await prepare(children, { builds: command.builds, say })
  await leave(await command.run(house, args))
} catch (error) {
  if (!isLeaving) say(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  await leave(1)
}
