import { expect, test } from 'vitest'
import { runCampaign } from './campaign.ts'
import { judge } from './judge/judge.ts'

/** The long ones are `npm run chaos`; these are short enough for every day, and long enough to break what is broken. */
const short = { seed: 20_261_124, longestMs: 12_000 }
const patience = 90_000

test.concurrent(
  'on SQLite nothing is lost by kills while people take and colleagues work',
  async () => {
    const { history, toll } = await runCampaign({ ...short, store: 'sqlite', replicas: 1, variant: 'ours', kills: 6 })
    expect(judge(history)).toEqual([])
    expect(toll.kills).toBeGreaterThan(0)
  },
  patience,
)

test.concurrent(
  'on PostgreSQL nothing is lost by kills of two replicas and crashes of the database',
  async () => {
    const { history, toll } = await runCampaign({ ...short, store: 'postgres', replicas: 2, variant: 'ours', kills: 8 })
    expect(judge(history)).toEqual([])
    expect(toll.kills).toBeGreaterThan(0)
  },
  patience,
)

test.concurrent(
  'a Lockdesk that compares in its own memory is found out',
  async () => {
    const { history } = await runCampaign({
      ...short,
      store: 'sqlite',
      replicas: 1,
      variant: 'diffs in memory',
      kills: 3,
      quietMs: 5_000,
    })
    expect(judge(history).map(({ invariant }) => invariant)).toContain('I1')
  },
  patience,
)
