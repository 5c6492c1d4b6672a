import type { Words } from './arguments.ts'
import { runCampaign } from './campaign.ts'
import { judge } from './judge/judge.ts'
import { type Row, verdict, violationTable } from './table.ts'

/** Controls show what they show soon; a control of one process needs no second replica to fail. */
const mostControlKills = 12
const controlQuietMs = 10_000
const mostShown = 20

/** Ours and the controls, one after the other, and the table. @returns whether it is good news */
export async function runCampaigns(words: Extract<Words, { kind: 'campaign' }>): Promise<boolean> {
  console.log(`seed ${words.seed}`)
  const rows: Row[] = []
  for (const store of words.stores)
    for (const variant of words.variants) {
      if (store === 'sqlite' && variant === 'no leader') continue // there is one process, which leads
      const isControl = variant !== 'ours'
      const began = performance.now()
      const campaign = await runCampaign({
        store,
        variant,
        replicas: store === 'sqlite' ? 1 : (words.replicas ?? 2),
        seed: words.seed,
        kills: isControl ? Math.min(words.kills, mostControlKills) : words.kills,
        pausedMs: words.pausedMs,
        ...(isControl && { quietMs: controlQuietMs }),
        ...(words.isTalkative && { say: said => console.error(`${variant}: ${said}`) }),
      })
      const violations = judge(campaign.history)
      rows.push({ variant, store, isControl, campaign, violations })
      for (const { invariant, words: said } of violations.slice(0, isControl ? 1 : mostShown))
        console.log(`${variant} on ${store}: ${invariant}: ${said}`)
      const others = [...campaign.toll.others].map(([name, times]) => `${times} × ${name}`)
      console.log(`${variant} on ${store}: ${Math.round((performance.now() - began) / 1000)} s; ${others.join(', ')}`)
    }
  const { words: last, isGood } = verdict(rows)
  console.log(`\n${violationTable(rows)}\n\n${last}`)
  return isGood
}
