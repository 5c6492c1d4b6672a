import type { NamespaceRef } from '@lockdesk/contract'
import type { Database, Tx } from '../database/schema.ts'
import type { Duty, Store } from '../database/store.ts'
import { isStoreFault } from '../database/store-fault.ts'
import { type Entry, type Ledger, LedgerUnavailable } from './ledger.ts'
import { createBoardMemory } from './board-memory.ts'
import { startCatchUp } from './catch-up.ts'
import { type Progress, projectHolds } from './project-holds.ts'
import { endOfTheDead } from './end-of-the-dead.ts'
import { createNews } from './news.ts'
import { observeReading, observeSweep } from './observe-locks.ts'
import { observeMembers } from './observe-members.ts'
import { readHistory } from './read-history.ts'
import { readHeld, readLooseEnds } from './read-loose-ends.ts'
import { createMemberLists } from './read-members.ts'
import { readAfter, readDraft, readEntries, readEntriesOf, readHead, readNames, readNamespaces } from './read-ledger.ts'
import { appendRefusal, appendSetting } from './refusal-entries.ts'
import type { Sealer } from './seal-segments.ts'
import { createSweepMemory } from './sweep-memory.ts'
import { changeReason, closeIntent, moveClaim, openIntent } from './take-entries.ts'
import { verifyChain } from './verify-chain.ts'

export interface LedgerOptions {
  database: Database
  store: Store
  /** Signs what is written, now and then. Absent: nothing is signed. */
  sealer?: Sealer
  /** Told of what this process has written, for counting. */
  onWritten?(entries: readonly Entry[]): void
  /** News that could not be read; they are looked for again with the next notice. */
  onFault?(error: unknown): void
}

/** Opens the ledger of a database that has its tables. Intents that a process which is no more left without an end are pending from here on. */
export async function createLedger(options: LedgerOptions): Promise<Ledger> {
  const { database, store, sealer, onWritten, onFault = () => {} } = options
  const { ledger_id: id } = await database.selectFrom('ledger').select('ledger_id').executeTakeFirstOrThrow()
  await store.write(({ tx }) => endOfTheDead(tx, store))
  const memory = createSweepMemory()
  const members = createMemberLists(database)
  const board = createBoardMemory(database, store)
  const history = await startCatchUp(database, store, onFault)
  const news = createNews(await readHead(database), (after, limit) => readAfter(database, after, limit), onFault)
  // A moment later: what was written here is told from memory first.
  store.listen('ledger', said => setImmediate(news.look, said === '' ? undefined : Number(said)))

  async function write<Result extends { entries: readonly Entry[] }>(
    work: (tx: Tx, now: number) => Promise<Result>,
    by?: Duty,
    freshOf?: NamespaceRef,
  ): Promise<Result> {
    let progress: Progress | null = null
    const result = await store
      .write(async ({ tx, now, announce }) => {
        await endOfTheDead(tx, store)
        const written = await work(tx, now)
        progress = await projectHolds(tx, written.entries)
        const last = written.entries.at(-1)
        if (last) await sealer?.sealFull(tx, last.number, now)
        if (last) await announce('ledger', String(last.number))
        if (freshOf) await announce('freshness', JSON.stringify(freshOf))
        return written
      }, by)
      .catch((error: unknown) => {
        throw isStoreFault(error) ? new LedgerUnavailable(error) : error
      })
    onWritten?.(result.entries)
    news.wrote(result.entries)
    history.note(progress)
    return result
  }

  const single = async (work: (tx: Tx, now: number) => Promise<Entry[]>): Promise<Entry> => {
    const { entries } = await write(async (tx, at) => ({ entries: await work(tx, at) }))
    const [entry] = entries
    if (!entry) throw new Error('an entry was appended and did not come back')
    return entry
  }

  return {
    id,
    head: () => readHead(database),
    async observeSweep(sweep, by) {
      const taken = write(
        async (tx, at) => ({ entries: await observeSweep(tx, sweep, at, memory) }),
        by,
        sweep.namespace,
      )
      await taken.catch((error: unknown) => {
        memory.forget(sweep.namespace)
        throw error
      })
    },
    observeReading: async (ref, reading) => (await write((tx, at) => observeReading(tx, ref, reading, at))).draft,
    async observeMembers(reading, by) {
      await store
        .write(async ({ tx, announce }) => {
          const isNews = await observeMembers(tx, reading)
          if (isNews) await announce('freshness', JSON.stringify(reading.namespace))
        }, by)
        .catch((error: unknown) => {
          throw isStoreFault(error) ? new LedgerUnavailable(error) : error
        })
    },
    openIntent: async intent => (await write((tx, at) => openIntent(tx, intent, store.processId, at))).open,
    closeIntent: (intent, end) => write((tx, at) => closeIntent(tx, intent, end, at)),
    moveClaim: (seen, actor, reason, readAt) => write((tx, at) => moveClaim(tx, seen, actor, { reason, readAt }, at)),
    changeReason: (seen, actor, reason) => write((tx, at) => changeReason(tx, seen, actor, reason, at)),
    recordRefusal: refusal => single((tx, at) => appendRefusal(tx, refusal, at)),
    recordSetting: (text, actorId, beside) =>
      single(async (tx, at) => {
        await beside?.(tx, at)
        return appendSetting(tx, text, actorId, at)
      }),
    draft: ref => readDraft(database, ref),
    drafts: board.drafts,
    namespaces: () => readNamespaces(database),
    entriesOf: (ref, limit) => readEntriesOf(database, ref, limit),
    entries: query => readEntries(database, query),
    names: personIds => readNames(database, personIds),
    verify: witness => verifyChain(database, { ...(sealer && { key: sealer.signer }), ...(witness && { witness }) }),
    memberOf: members.memberOf,
    membersReadAt: members.readAt,
    looseEnds: ref => readLooseEnds(database, ref),
    heldDrafts: ref => readHeld(database, ref),
    onCommit: news.onEntries,
    onFreshness: listener =>
      store.listen('freshness', said => {
        if (said !== '') listener(JSON.parse(said) as NamespaceRef)
      }),
    ...readHistory(database, history),
  }
}
