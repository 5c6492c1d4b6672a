import type { Measured } from '../dimension.ts'
import type { History } from './open-history.ts'
import { draftIdOf, drafts, holderIdOf, namespaceOf, namespaces, timesOf, workspace } from './seed.ts'

const times = 60
const dayMs = 86_400_000

/** What an auditor asks, each about another draft, holder or moment every time. */
export const questions = [
  'a page in the middle',
  'a page of one holder',
  'a page of one draft',
  'who held it then',
  'holders of 30 days',
  'the board then',
] as const
export type Question = (typeof questions)[number]

export function asker({ ledger }: History, entries: number, now: number) {
  const { first, step } = timesOf(entries, now)
  const parts = [{ scope: namespaces.map(namespace => ({ workspace, namespace })) }]
  const overdue = parts.map(({ scope }) => ({ afterMs: 8 * 3_600_000, scope }))
  const find = (filter: object, before?: number) =>
    ledger.find({ parts, filter }, { limit: 50, ...(before !== undefined && { before }) })
  const momentOf = (turn: number) => first + Math.floor((((turn * 37) % times) / times) * entries) * step
  const refOf = (turn: number) => {
    const index = (turn * 7_919) % drafts
    return { workspace, namespace: namespaceOf(index), draftId: draftIdOf(index) }
  }
  const ask: Record<Question, (turn: number) => Promise<unknown>> = {
    'a page in the middle': turn => find({}, Math.floor(entries / 2) + turn * 50),
    'a page of one holder': turn => find({ holderIds: [holderIdOf(turn)] }),
    'a page of one draft': turn => find({ drafts: [refOf(turn)] }),
    'who held it then': turn => ledger.heldAt(refOf(turn), momentOf(turn)),
    'holders of 30 days': async turn => {
      const until = now - (turn % 10) * dayMs
      const since = until - 30 * dayMs
      const head = await ledger.head()
      return ledger.holders({ parts, filter: {} }, { since, until, end: until, head, overdue })
    },
    'the board then': turn => ledger.boardAt(parts, momentOf(turn)),
  }
  return ask
}

/** The median ms of each question, asked one after the other. */
export async function askAll(ask: ReturnType<typeof asker>): Promise<Measured> {
  const measured: Measured = {}
  for (const question of questions) {
    const often = question === 'the board then' || question === 'holders of 30 days' ? 7 : times
    const all: number[] = []
    for (let turn = 0; turn < often; turn++) {
      const began = performance.now()
      await ask[question](turn)
      all.push(performance.now() - began)
    }
    measured[question] = all.toSorted((one, other) => one - other)[Math.floor(often / 2)] ?? Number.NaN
  }
  return measured
}
