import { transitionKinds } from '@lockdesk/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bothStores } from '../../fixtures/stores.ts'
import type { Database } from '../database/schema.ts'
import type { Store } from '../database/store.ts'
import { checkHolds } from './check-holds.ts'
import { countEntries } from './count-entries.ts'
import { countHolders } from './count-holders.ts'
import { tallyEntries } from './entry-tallies.ts'
import { findEntries } from './find-entries.ts'
import { findHolds } from './find-holds.ts'
import { type HoldRow, draftKey, foldHolds } from './fold-holds.ts'
import { type Step, allEntries, beginning, letHappen, namespaces, refOfDraft, steps } from './history-fixture.ts'
import type { HistoryFilter, HistoryPart, HistoryQuery } from './history-query.ts'
import type { Entry } from './ledger.ts'
import { numberAt } from './number-at.ts'
import { readHeldAt, readHoldsAt } from './read-board-at.ts'
import { openKinds } from './who-sees.ts'

const time = fc.integer({ min: beginning - 3_600_000, max: beginning + 5 * 86_400_000 })
const filters: fc.Arbitrary<HistoryFilter> = fc.record(
  {
    actorIds: fc.subarray(['bo', 'di', 'nobody'], { minLength: 1 }),
    holderIds: fc.subarray(['71', '72', 'svc', 'none'], { minLength: 1 }),
    drafts: fc.subarray([0, 1, 2, 3, 9].map(refOfDraft), { minLength: 1 }),
    kinds: fc.subarray(['held', 'changed', 'freed', 'deleted', 'intent', 'attempt', 'denied', 'gap'], { minLength: 1 }),
    isTaken: fc.boolean(),
    known: fc.subarray(['exact', 'bounded', 'unwatched', 'at-least'], { minLength: 1 }),
    how: fc.constantFrom('observed', 'lockdesk'),
    since: time,
    until: time,
    texts: fc.subarray(['DRAFT 1', 'fix', '50%_!', '_', 'name 7', '50%%'], { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: [] },
)
const parts: fc.Arbitrary<HistoryPart[]> = fc
  .tuple(fc.subarray([0, 1, 2]), fc.subarray([0, 1, 2]))
  .map(([administered, edited]) => [
    { scope: administered.map(index => namespaces[index]!) },
    { scope: edited.filter(index => !administered.includes(index)).map(index => namespaces[index]!), concerning: 'bo' },
  ])
/** A period that ends before it begins is refused at the door. */
const queries: fc.Arbitrary<HistoryQuery> = fc
  .record({ parts, filter: filters })
  .filter(({ filter: { since, until } }) => since === undefined || until === undefined || since <= until)

// What the queries must find, read off the definition.

const isTaken = (entry: Entry) =>
  transitionKinds.some(kind => kind === entry.kind) && entry.how === 'lockdesk' && entry.outcome === 'taken'
const partOf = (row: { workspace: string; namespace: string }, query: HistoryQuery) =>
  query.parts.find(({ scope }) => scope.some(ref => ref.workspace === row.workspace && ref.namespace === row.namespace))
const hasText = (columns: (string | null)[], texts: readonly string[] = []) =>
  texts.every(text => columns.some(column => column?.toLowerCase().includes(text.toLowerCase())))

function fitsEntry(entry: Entry, query: HistoryQuery): boolean {
  const { filter } = query
  const part = partOf(entry, query)
  if (!part) return false
  const isOwn =
    part.concerning === undefined ||
    entry.actor_id === part.concerning ||
    (openKinds.some(kind => kind === entry.kind) && [entry.from_claim, entry.to_claim].includes(part.concerning))
  return (
    isOwn &&
    (filter.actorIds?.includes(entry.actor_id ?? '') ?? true) &&
    (filter.holderIds?.some(id => entry.from_id === id || entry.to_id === id) ?? true) &&
    (filter.drafts?.some(ref => ref.draftId === entry.draft_id && ref.namespace === entry.namespace) ?? true) &&
    (!(filter.kinds || filter.isTaken) ||
      (filter.kinds?.includes(entry.kind) ?? false) ||
      (filter.isTaken === true && isTaken(entry))) &&
    (filter.known?.some(known => known === entry.known) ?? true) &&
    (filter.how === undefined || entry.how === filter.how) &&
    entry.at_by >= (filter.since ?? -Infinity) &&
    entry.at_by < (filter.until ?? Infinity) &&
    hasText([entry.draft_name, entry.from_name, entry.to_name, entry.reason], filter.texts)
  )
}

function fitsHold(hold: HoldRow, query: HistoryQuery): boolean {
  const { filter } = query
  const part = partOf(hold, query)
  if (!part || (part.concerning !== undefined && hold.claim_person !== part.concerning)) return false
  return (
    (filter.actorIds?.includes(hold.claim_person ?? '') ?? true) &&
    (filter.holderIds?.includes(hold.holder_id) ?? true) &&
    (filter.drafts?.some(ref => ref.draftId === hold.draft_id && ref.namespace === hold.namespace) ?? true) &&
    (!(filter.kinds || filter.isTaken) ||
      (filter.kinds?.some(kind => kind === hold.opened_kind || kind === hold.ended) ?? false) ||
      (filter.isTaken === true && hold.is_taken === 1)) &&
    (filter.known?.includes(hold.known) ?? true) &&
    (filter.how === undefined || hold.how === filter.how) &&
    hold.from_by < (filter.until ?? Infinity) &&
    (hold.until_by === null || hold.until_by >= (filter.since ?? -Infinity)) &&
    hasText([hold.draft_name, hold.holder_name, hold.claim_reason], filter.texts)
  )
}

async function allPages<Row>(
  read: (before: number | undefined) => Promise<{ rows: Row[]; next: number | null }>,
): Promise<Row[]> {
  const all: Row[] = []
  for (let before: number | undefined; ;) {
    const { rows, next } = await read(before)
    all.push(...rows)
    if (next === null) return all
    before = next
  }
}

const entriesFound = (database: Database, query: HistoryQuery, limit: number) =>
  allPages(async before => {
    const { entries, next } = await findEntries(database, query, { limit, ...(before !== undefined && { before }) })
    return { rows: entries, next }
  })

const holdsFound = (database: Database, query: HistoryQuery, limit: number) =>
  allPages(async before => {
    const { holds, next } = await findHolds(database, query, { limit, ...(before !== undefined && { before }) })
    return { rows: holds, next }
  })

describe.each(bothStores())('the history on $name', kind => {
  const runs = { numRuns: 6 }

  async function after(
    happened: readonly Step[],
    look: (found: { database: Database; store: Store; entries: Entry[] }) => Promise<void>,
  ): Promise<void> {
    const { database, store, close } = await kind.open(() => beginning)
    try {
      await letHappen(store, happened)
      await look({ database, store, entries: await allEntries(database) })
    } finally {
      await close()
    }
  }

  it('has the holds that the entries make, in spite of late news and of writers who know of none', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async happened => {
        await after(happened, async ({ database, entries }) => {
          expect(await checkHolds(database, entries)).toEqual([])
        })
      }),
      runs,
    )
  }, 120_000)

  it('finds every entry and every hold that fits once, newest first, whatever the size of a page', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.array(queries, { minLength: 20, maxLength: 20 }),
        fc.integer({ min: 1, max: 9 }),
        async (happened, asked, limit) => {
          await after(happened, async ({ database, entries }) => {
            const holds = foldHolds(entries)
            for (const query of asked) {
              const found = await entriesFound(database, query, limit)
              const wanted = entries.filter(entry => fitsEntry(entry, query)).toReversed()
              expect({ query, numbers: found.map(({ number }) => number) }).toEqual({
                query,
                numbers: wanted.map(({ number }) => number),
              })
              const held = await holdsFound(database, query, limit)
              const wantedHolds = holds.filter(hold => fitsHold(hold, query)).toSorted((a, b) => b.opened - a.opened)
              expect({ query, opened: held.map(({ opened }) => opened) }).toEqual({
                query,
                opened: wantedHolds.map(({ opened }) => opened),
              })
            }
          })
        },
      ),
      runs,
    )
  }, 120_000)

  it('counts as many entries as it finds, by whatever they are counted, tallied or not', async () => {
    const keyOf = {
      kind: (entry: Entry) => entry.kind,
      known: (entry: Entry) => entry.known,
      actor: (entry: Entry) => entry.actor_id,
      draft: (entry: Entry) => draftKey(entry),
      hour: (entry: Entry) => String(Math.floor(entry.at_by / 3_600_000) * 3_600_000),
    }
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.array(queries, { minLength: 12, maxLength: 12 }),
        fc.boolean(),
        async (happened, asked, isTallied) => {
          await after(happened, async ({ database, store, entries }) => {
            if (isTallied) await store.write(({ tx }) => tallyEntries(tx))
            for (const query of asked)
              for (const by of ['kind', 'known', 'actor', 'draft', 'hour'] as const) {
                const wanted = new Map<string, number>()
                for (const entry of entries.filter(one => fitsEntry(one, query))) {
                  const key = by === 'draft' && entry.draft_id === null ? null : keyOf[by](entry)
                  if (key !== null) wanted.set(key, (wanted.get(key) ?? 0) + 1)
                }
                expect({
                  query,
                  by,
                  counts: await countEntries(database, query, by),
                }).toEqual({ query, by, counts: wanted })
              }
          })
        },
      ),
      runs,
    )
  }, 120_000)

  it('tells who held what at any moment, as the holds do', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.array(time, { minLength: 10, maxLength: 10 }), async (happened, moments) => {
        await after(happened, async ({ database, entries }) => {
          const holds = foldHolds(entries)
          for (const at of [...moments, ...entries.slice(0, 5).map(entry => entry.at_by)]) {
            const lasting = new Map(
              holds
                .filter(hold => hold.from_by <= at && (hold.until_by === null || hold.until_by > at))
                .map(hold => [draftKey(hold), hold.opened]),
            )
            expect(await numberAt(database, at + 1)).toBe(entries.filter(entry => entry.recorded_at <= at).length + 1)
            const held = await readHoldsAt(database, { scope: namespaces }, at)
            expect(new Map([...held].map(([key, hold]) => [key, hold.opened]))).toEqual(lasting)
            if (hasCrossed(holds)) continue
            for (const draft of [0, 1, 2, 3]) {
              const ref = refOfDraft(draft)
              const key = draftKey({ ...ref, draft_id: ref.draftId })
              expect((await readHeldAt(database, ref, at))?.opened).toBe(lasting.get(key))
            }
          }
        })
      }),
      runs,
    )
  }, 120_000)

  it('adds up what each holder had in a period', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        time,
        time,
        fc.array(queries, { minLength: 8, maxLength: 8 }),
        async (happened, a, b, asked) => {
          await after(happened, async ({ database, entries }) => {
            const [since, until] = [Math.min(a, b), Math.max(a, b) + 1]
            const head = Math.ceil(entries.length / 2)
            const afterMs = 2 * 3_600_000
            for (const query of asked) {
              const options = { since, until, end: until, head, overdue: [{ afterMs, scope: namespaces.slice(0, 2) }] }
              const found = await countHolders(database, query, options)
              // What is entered after the head changes nothing, but for names and reasons, and ends that are known by now.
              const holds = foldHolds(entries).filter(
                hold => hold.opened <= head && fitsHold(hold, { ...query, filter: { ...query.filter, since, until } }),
              )
              const wanted = new Map<string, number[]>()
              for (const hold of holds) {
                const key = JSON.stringify([hold.holder_id, hold.claim_person])
                const isOpen = hold.closed === null || hold.closed > head
                const to = Math.min(isOpen ? until : (hold.until_by ?? 0), until)
                const seenTo = Math.min(isOpen ? hold.from_by : (hold.until_after ?? hold.from_by), until)
                const seenFrom = Math.max(hold.from_by, since)
                const isOverdue = hold.namespace !== 'risk-prod' && to - hold.from_by > afterMs
                const most = Math.max(0, to - Math.max(hold.from_after ?? since, since))
                const old = wanted.get(key) ?? [0, 0, 0, 0, 0]
                wanted.set(key, [
                  old[0]! + 1,
                  old[1]! + (isOpen ? 1 : 0),
                  old[2]! + (isOverdue ? 1 : 0),
                  old[3]! + Math.max(0, seenTo - seenFrom),
                  old[4]! + most,
                ])
              }
              const counted = found.map(
                one =>
                  [
                    JSON.stringify([one.holder_id, one.claim_person]),
                    [one.holds, one.open, one.overdue, one.least, one.most],
                  ] as const,
              )
              expect({ query, counted: new Map(counted) }).toEqual({ query, counted: wanted })
            }
          })
        },
      ),
      runs,
    )
  }, 120_000)
})

/** Readings that crossed on their way: a hold that ended, by its times, before another one that began earlier. */
const hasCrossed = (holds: readonly HoldRow[]) =>
  holds.some(hold => (hold.until_by ?? Infinity) < hold.from_by) ||
  holds.some(hold =>
    holds.some(
      other => draftKey(other) === draftKey(hold) && other.opened > hold.opened && other.from_by < hold.from_by,
    ),
  )
