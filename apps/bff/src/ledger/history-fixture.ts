import type { DraftRef } from '@lockdesk/contract'
import fc from 'fast-check'
import type { Database } from '../database/schema.ts'
import type { Store } from '../database/store.ts'
import { type NewEntry, appendEntries } from './append-entries.ts'
import { catchUpHolds, projectHolds } from './project-holds.ts'

export const beginning = Date.UTC(2026, 1, 26, 22)
export const namespaces = ['trade-prod', 'trade-dev', 'risk-prod'].map(namespace => ({ workspace: 'w', namespace }))

/** One thing that happens, in few words. */
export interface Step {
  draft: number
  /** Null: it becomes free. */
  holder: string | null
  claim: string | null
  kind: 'transition' | 'reason' | 'deleted' | 'intent' | 'attempt' | 'denied' | 'gap'
  /** Milliseconds since the step before. */
  pause: number
  /** How long after it was seen it was recorded; readings may cross. */
  delay: number
  known: 'bounded' | 'unwatched' | 'at-least'
  /** Written by a process that knows of no holds. */
  isOld: boolean
}

export const steps = fc.array(
  fc.record<Step>({
    draft: fc.nat(7),
    holder: fc.constantFrom('71', '72', 'svc', null),
    claim: fc.constantFrom('bo', 'di', null),
    kind: fc.constantFrom(
      'transition',
      'transition',
      'transition',
      'transition',
      'reason',
      'deleted',
      'intent',
      'attempt',
      'denied',
      'gap',
    ),
    pause: fc.oneof(fc.nat(2_000), fc.nat(3 * 3_600_000), fc.constant(0)),
    delay: fc.oneof(fc.nat(100), fc.nat(2 * 3_600_000)),
    known: fc.constantFrom('bounded', 'bounded', 'unwatched', 'at-least'),
    isOld: fc.boolean(),
  }),
  { minLength: 1, maxLength: 120 },
)

export const refOfDraft = (draft: number): DraftRef => ({
  ...namespaces[draft % 3]!,
  draftId: `d${draft}`,
})

/** Lets steps happen, each in a transaction of its own. */
export async function letHappen(store: Store, happened: readonly Step[]): Promise<void> {
  const holders = new Map<number, Standing>()
  let now = beginning
  for (const step of happened) {
    now += step.pause
    const seen = now
    // Recorded in the order of numbers, however late.
    const entry = entryOf(step, seen - step.delay, holders)
    await store.write(async ({ tx }) => {
      const entries = await appendEntries(tx, [entry], now)
      if (!step.isOld) await projectHolds(tx, entries)
    })
  }
  await store.write(({ tx }) => catchUpHolds(tx))
}

type Standing = Pick<NewEntry, 'to_id' | 'to_claim' | 'claim_at' | 'claim_on_behalf_of'>
const free: Standing = { to_id: null, to_claim: null, claim_at: null, claim_on_behalf_of: null }

function entryOf(step: Step, at: number, holders: Map<number, Standing>): NewEntry {
  const { workspace, namespace, draftId } = refOfDraft(step.draft)
  const before = holders.get(step.draft) ?? free
  const nameOf = (id: string | null | undefined) => (id == null ? null : `Name ${id}`)
  const about = {
    workspace,
    namespace,
    draft_id: draftId,
    draft_name: `draft ${step.draft} 50%_!`,
    ...before,
    from_id: before.to_id ?? null,
    from_name: nameOf(before.to_id),
    to_name: nameOf(before.to_id),
    from_claim: before.to_claim ?? null,
    at_after: step.known === 'at-least' ? null : at - 60_000,
    at_by: at,
  }
  const own = { how: 'lockdesk', actor_id: step.claim ?? 'bo', reason: `Fix ${step.draft}` } as const
  if (step.kind === 'gap')
    return { workspace, namespace, kind: 'gap', how: 'observed', at_after: at - 60_000, at_by: at }
  if (step.kind === 'intent' || step.kind === 'attempt' || step.kind === 'denied')
    return { ...about, ...own, kind: step.kind, outcome: step.kind === 'intent' ? null : 'unknown' }
  const isSame = step.kind === 'reason' && before.to_id !== null && before.to_claim !== null
  if (isSame)
    return {
      ...about,
      ...own,
      actor_id: before.to_claim ?? null,
      kind: 'changed',
      known: 'exact',
      reason: `Again ${at}`,
    }
  const isShared = step.holder === 'svc' && step.claim !== null
  const after: Standing =
    step.holder === null || step.kind === 'deleted'
      ? free
      : { ...free, to_id: step.holder, ...(isShared && { to_claim: step.claim, claim_at: at }) }
  holders.set(step.draft, after)
  return {
    ...about,
    ...after,
    to_name: nameOf(after.to_id),
    kind:
      step.kind === 'deleted' ? 'deleted' : after.to_id === null ? 'freed' : before.to_id === null ? 'held' : 'changed',
    ...(isShared ? { ...own, known: 'exact', outcome: 'taken' } : { how: 'observed', known: step.known }),
  }
}

export const allEntries = (database: Database) => database.selectFrom('entries').selectAll().orderBy('number').execute()
