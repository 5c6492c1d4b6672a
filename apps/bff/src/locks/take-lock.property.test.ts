import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type PersonId, openDesk, soft } from '../../fixtures/lock-desk.ts'

const colleagues = [{ id: '71', name: 'Lin' }, { id: '72', name: 'Lin' }, null]
const takers = ['ada', 'bo', 'di'] as const satisfies PersonId[]

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constant('take' as const), who: fc.constantFrom(...takers), draft: fc.nat(2) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('console' as const),
      holder: fc.constantFrom(...colleagues),
      draft: fc.nat(2),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('sweep' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('fault' as const),
      kind: fc.constantFrom('lost-answer', 'html', 'afterwards', 'truncated', 'throttle', 'deny'),
      acts: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('pass' as const), ms: fc.constantFrom(500, 6_000, 40_000) }) },
)

/** Steps of one round happen at once. */
const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 12 })

it('whatever people, colleagues, sweeps and faults do at once, the ledger holds, and in the end it is the cloud’s', async () => {
  const told = { taken: 0, stopped: 0, unknown: 0 }
  await fc.assert(
    fc.asyncProperty(rounds, async all => {
      let now = Date.UTC(2026, 10, 25, 8)
      const desk = await openDesk({ now: () => now, callTimeoutMs: 2_000 })
      const refs = ['a', 'b', 'c'].map(name => desk.draft(soft, name))
      // Once a list has carried a lock, its silence means that a draft is free.
      desk.draft(soft, 'held all the time', { id: '73', name: 'Wu' })
      await desk.sweep(soft)
      const refOf = (index: number) => refs[index] ?? { ...soft, draftId: '' }
      const take = async (who: PersonId, index: number) => {
        const { lock } = (await desk.ledger.draft(refOf(index))) ?? {}
        const { body } = await desk.take(who, refOf(index), {
          expectedHolderId: lock?.holder.id ?? null,
          expectedClaim: lock?.claim?.personId ?? null,
        })
        if (body.outcome === 'taken') told.taken += 1
        else if (body.outcome === 'unknown') told.unknown += 1
        else told.stopped += 1
        return { who, index, outcome: body.outcome, code: body.code }
      }
      for (const round of all) {
        const answers = await Promise.all(
          round.map(async one => {
            if (one.does === 'take') return take(one.who, one.draft)
            if (one.does === 'console') desk.emulator.lockInConsole({ ...refOf(one.draft), holder: one.holder })
            if (one.does === 'sweep') await desk.sweep(soft)
            if (one.does === 'pass') now += one.ms
            if (one.does === 'fault')
              desk.emulator.addFault({
                kind: one.kind,
                ...(one.kind === 'deny' && { layer: 'ram' }),
                ...(one.kind === 'afterwards' ? { holder: { id: '72', name: 'Lin' } } : { acts: one.acts }),
                operation: 'GetDeploymentDraftLock',
                times: 1,
              })
            return null
          }),
        )
        for (const index of refs.keys()) {
          // Two people who both meant to take what they saw are never both told that they have it.
          const here = answers.filter(answer => answer?.index === index && answer.outcome === 'taken')
          expect(new Set(here.map(answer => answer?.who)).size).toBeLessThanOrEqual(1 + movedBetween(round, index))
        }
      }
      desk.emulator.clearFaults()
      now += 60_000
      await desk.sweep(soft)
      now += 60_000
      await desk.sweep(soft)
      for (const ref of refs) {
        const state = await desk.ledger.draft(ref)
        expect(state?.lock?.holder.id ?? null).toBe(desk.truthOf(ref)?.id ?? null)
        expect(state?.intents).toEqual([])
      }
      expect(await desk.ledger.verify()).toMatchObject({ ok: true })
      expect(await desk.close()).toEqual([])
    }),
    { numRuns: 60 },
  )
  expect(Math.min(told.taken, told.stopped, told.unknown)).toBeGreaterThan(0)
}, 60_000)

/** How often the lock may have changed hands within one round beside the takes: each lets one more person have it for a while. */
function movedBetween(round: readonly { does: string; draft?: number; kind?: string }[], index: number): number {
  return round.filter(one => (one.does === 'console' && one.draft === index) || one.kind === 'afterwards').length
}
