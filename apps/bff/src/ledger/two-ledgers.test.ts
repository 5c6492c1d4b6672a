import { afterEach, describe, expect, it } from 'vitest'
import { type OpenStore, bothStores } from '../../fixtures/stores.ts'
import { openDatabase } from '../database/open-database.ts'
import { checkLedger } from './check-ledger.ts'
import { createLedger } from './create-ledger.ts'
import type { DraftState } from './draft-state.ts'
import { draftOf, place, refOf } from './ledger-fixture.ts'
import { DraftMoved, type NewIntent } from './ledger.ts'

const [, postgres] = bothStores()
const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one()
})

/** The ledger as a process of its own has it. */
async function ledgerAt({ url }: OpenStore) {
  const { database, openStore, close } = await openDatabase(url)
  const store = await openStore()
  const ledger = await createLedger({ database, store })
  let isOpen = true
  const end = async () => {
    if (isOpen) await close()
    isOpen = false
  }
  undo.push(end)
  const read = async () => {
    const head = await ledger.head()
    const at = store.now()
    return ledger.observeReading(place, { draft: draftOf('a'), head, sentAt: at, arrivedAt: at })
  }
  return { ...ledger, now: store.now, read, end }
}

async function twoLedgers() {
  const one = await postgres?.open()
  if (!one) throw new Error('there is no second store')
  undo.push(one.close)
  return { one, a: await ledgerAt(one), b: await ledgerAt(one) }
}

const intentOf = (personId: string, before: DraftState): NewIntent => ({
  ref: refOf('a'),
  before,
  actor: { personId },
  identityIds: ['42'],
  timeoutMs: 10_000,
})

describe('two processes with one ledger', () => {
  it('of which one lost its turn: it writes no intent beside the other’s, nor over what came of that', async () => {
    const { one, a, b } = await twoLedgers()
    const seen = await a.read()
    const before = await b.read()
    const intent = await b.openIntent(intentOf('bo', before))
    await expect(a.openIntent(intentOf('ada', seen))).rejects.toThrow(DraftMoved)
    const at = { sentAt: b.now(), decidedAt: b.now() }
    const got = { holder: { id: '42', name: 'svc' }, lockId: 'l', confirmedBy: 'answer' as const }
    await b.closeIntent(intent, { outcome: 'taken', got, readBack: { kind: 'unreadable' }, ...at })
    const moved: unknown = await a.openIntent(intentOf('ada', seen)).catch((error: unknown) => error)
    expect(moved).toBeInstanceOf(DraftMoved)
    expect((moved as DraftMoved).draft.lock).toMatchObject({ holder: { id: '42' }, claim: { personId: 'bo' } })
    expect(await checkLedger(one.database)).toEqual([])
  })

  it('of which one dies in the middle of a take: for the other the take is pending', async () => {
    const { one, a, b } = await twoLedgers()
    await b.openIntent(intentOf('bo', await b.read()))
    expect((await a.read()).intents).toMatchObject([{ isPending: false }])
    await b.end()
    await expect.poll(async () => (await a.read()).intents).toMatchObject([{ isPending: true }])
    expect(await checkLedger(one.database)).toEqual([])
  })

  it('that write at once: both hear of all of it, in order and once', async () => {
    const { one, a, b } = await twoLedgers()
    const heard = [a, b].map(ledger => {
      const numbers: number[] = []
      ledger.onCommit(entries => numbers.push(...entries.map(({ number }) => number)))
      return numbers
    })
    await Promise.all(Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? a : b).recordSetting(`setting ${n}`, null)))
    const all = Array.from({ length: 60 }, (_, n) => n + 1)
    await expect.poll(() => heard).toEqual([all, all])
    expect(await checkLedger(one.database)).toEqual([])
  })
})
