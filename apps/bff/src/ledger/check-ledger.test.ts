import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkLedger } from './check-ledger.ts'
import { draftOf, held, ledgerInMemory, refOf } from './ledger-fixture.ts'

let world: Awaited<ReturnType<typeof ledgerInMemory>>
beforeEach(async () => {
  world = await ledgerInMemory()
  await world.sweep([draftOf('a', held('71')), draftOf('b', held('72'))])
  const before = await world.ledger.draft(refOf('a'))
  if (!before) throw new Error('nobody knows a')
  const intent = { ref: refOf('a'), before, actor: { personId: 'bo' }, identityIds: ['svc'], timeoutMs: 10_000 }
  const open = await world.ledger.openIntent(intent)
  const got = { holder: { id: 'svc', name: 'svc' }, lockId: 'x', confirmedBy: 'read-back' as const }
  const { now } = world.clock
  await world.ledger.closeIntent(open, {
    outcome: 'taken',
    got,
    readBack: { kind: 'unreadable' },
    sentAt: now,
    decidedAt: now,
  })
  expect(await checkLedger(world.database)).toEqual([])
  // Somebody with the file in hand is stopped by no trigger.
  await sql`drop trigger entries_no_update`.execute(world.database)
  await sql`drop trigger entries_no_delete`.execute(world.database)
})
afterEach(() => world.close())

const faults: [string, RegExp, () => Promise<unknown>][] = [
  ['a changed field', /Entry 2 does not fit/, () => change(2, { to_name: 'Wu' })],
  [
    'a missing entry',
    /Entry 3 does not fit/,
    () => world.database.deleteFrom('entries').where('number', '=', 2).execute(),
  ],
  ['a holder who came from nowhere', /comes from 73, but 71 held/, () => change(4, { from_id: '73' })],
  ['a claim that ended and never began', /ends the claim of di/, () => change(4, { from_claim: 'di' })],
  ['an interval that ends before it begins', /ends before it begins/, () => change(1, { at_after: 9_999_999_999_999 })],
  ['an intent with two ends', /ended 2 times/, () => change(2, { intent_id: 'none' }).then(endTwice)],
  ['an intent without an end that nobody waits for', /closed and has none/, () => change(4, { intent_id: null })],
  ['a board that says something else', /held by 73, but its entries say 72/, () => row('b', { holder_id: '73' })],
  ['a claim without a holder', /claims what nobody holds/, () => row('b', { holder_id: null, claim_person: 'di' })],
  ['a hold that is not as its entries tell', /not as its entries tell/, () => hold({ holder_name: 'Wu' })],
  ['a hold that goes on for ever', /not as its entries tell/, () => hold({ until_by: null, closed: null })],
  ['a hold of no entry', /one of no entry/, () => copyHold()],
  ['holds that nobody kept up', /not among the holds/, () => mark(0)],
  ['a snapshot that lacks a hold', /other holds than lasted then/, () => spoilSnapshot()],
]

const hold = (facts: object) => world.database.updateTable('holds').set(facts).where('opened', '=', 1).execute()
const copyHold = async () => {
  const first = await world.database.selectFrom('holds').selectAll().executeTakeFirstOrThrow()
  await world.database
    .insertInto('holds')
    .values({ ...first, opened: 3 })
    .execute()
}
const mark = (through: number) =>
  world.database.updateTable('derived').set({ through }).where('name', '=', 'holds').execute()
const spoilSnapshot = () => world.database.insertInto('held_snapshots').values({ at: 5_000_000, opened: 0 }).execute()

const change = (number: number, facts: object) =>
  world.database.updateTable('entries').set(facts).where('number', '=', number).execute()
const row = (draftId: string, facts: object) =>
  world.database.updateTable('drafts').set(facts).where('draft_id', '=', draftId).execute()
const endTwice = async () => {
  const taken = (await world.all()).find(({ outcome }) => outcome === 'taken')
  await change(2, { intent_id: taken?.intent_id, outcome: 'not-taken' })
}

it.each(faults)('notices %s', async (_, complaint, spoil) => {
  await spoil()
  expect((await checkLedger(world.database)).join('\n')).toMatch(complaint)
})
