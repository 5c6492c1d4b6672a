import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Measured, SideName } from './dimension.ts'
import { dimensions } from './dimensions.ts'
import { runSide } from './run-side.ts'
import { type Line, type Rounds, summarise, tableOf } from './summary.ts'

const usage = `Usage: bench [NAME …] [--rounds N] [--entries N] [--clients N] [--json FILE]
Names: ${Object.keys(dimensions).join(', ')}`

try {
  process.exit((await bench(process.argv.slice(2))) ? 0 : 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

/** @returns whether every goal was reached */
async function bench(words: readonly string[]): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '3' },
      entries: { type: 'string', default: '1000000' },
      clients: { type: 'string', default: '10000' },
      json: { type: 'string' },
    },
  })
  process.env['BENCH_ENTRIES'] = values.entries
  process.env['BENCH_CLIENTS'] = values.clients
  const names = positionals.length > 0 ? positionals : Object.keys(dimensions)
  const lines: Line[] = []
  for (const name of names) {
    const load = dimensions[name]
    if (!load) throw new Error(`There is no ${name}.\n${usage}`)
    const { dimension } = await load()
    console.log(`${name}: limit: ${dimension.limitIs}; peer: ${dimension.peerIs}`)
    const rounds = dimension.together
      ? await runTogether(name)
      : await runInTurn(name, Object.keys(dimension.sides) as SideName[], dimension.rounds ?? Number(values.rounds))
    lines.push(...summarise(name, dimension, rounds))
  }
  console.log(`\n${tableOf(lines)}\n`)
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(lines, null, 2)}\n`)
  const passed = lines.filter(({ pass }) => pass).length
  console.log(`${passed} of ${lines.length} goals reached`)
  return passed === lines.length
}

/** The sides take turns, and another begins each round: what slows the machine down slows all of them. */
async function runInTurn(name: string, sides: readonly SideName[], times: number): Promise<Rounds> {
  const rounds: Rounds = {}
  for (let round = 0; round < times; round++)
    for (const side of [...sides.slice(round % sides.length), ...sides.slice(0, round % sides.length)]) {
      const said = await runSide(name, side).catch((error: Error) => ({ error: error.message }))
      // What was not measured passes nothing; the rest is measured all the same.
      if ('error' in said) console.error(`${name} ${side}: ${said.error}`)
      else if ('isMissing' in said) rounds[side] = null
      else rounds[side] = [...(rounds[side] ?? []), said.measured]
    }
  return rounds
}

async function runTogether(name: string): Promise<Rounds> {
  const said = await runSide<Partial<Record<SideName, Measured>>>(name, 'together')
  if ('error' in said) throw new Error(`${name}: ${said.error}`)
  if ('isMissing' in said) return {}
  return Object.fromEntries(Object.entries(said.measured).map(([side, measured]) => [side, [measured]]))
}
