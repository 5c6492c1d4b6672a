import { parseArgs } from 'node:util'
import { runCampaign } from './campaign.ts'
import { judge } from './judge/judge.ts'
import { type Row, verdict, violationTable } from './table.ts'
import { type VariantName, variants } from './variants.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    store: { type: 'string', default: 'postgres' },
    replicas: { type: 'string' },
    variant: { type: 'string', multiple: true },
    'control-kills': { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
})
const store = values.store === 'sqlite' ? 'sqlite' : 'postgres'
const names = (values.variant ?? Object.keys(variants)) as VariantName[]
const rows: Row[] = []
for (const variant of names) {
  const isControl = variant !== 'ours'
  const began = Date.now()
  const campaign = await runCampaign({
    store: store,
    replicas: Number(values.replicas ?? (store === 'sqlite' ? 1 : 2)),
    variant,
    seed: Number(values.seed),
    ...(values.verbose && { say: (words: string) => console.error(`${variant}: ${words}`) }),
    kills: Number((isControl && values['control-kills']) || values.kills),
  })
  const violations = judge(campaign.history)
  rows.push({ variant, store, isControl, campaign, violations })
  const shown = isControl && !values.verbose ? 1 : 8
  for (const of of Map.groupBy(violations, ({ invariant }) => invariant).values())
    for (const { invariant, words } of of.slice(0, shown)) console.log(`${variant}: ${invariant}: ${words}`)
  console.log(
    `${variant}: ${Math.round((Date.now() - began) / 1000)} s, ${[...campaign.toll.others].map(([name, times]) => `${times} × ${name}`).join(', ')}`,
  )
}
console.log(violationTable(rows))
const { words, isGood } = verdict(rows)
console.log(words)
process.exit(isGood ? 0 : 1)
