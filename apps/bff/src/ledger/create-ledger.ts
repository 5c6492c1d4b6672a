import type { NamespaceRef } from '@lockdesk/contract'
import type { Database, Tx } from '../database/schema.ts'
import { type Entry, type Ledger, LedgerUnavailable } from './ledger.ts'
import { observeReading, observeSweep } from './observe-locks.ts'
import { readDraft, readDrafts, readEntries, readEntriesOf, readNames, readNamespaces } from './read-ledger.ts'
import { appendRefusal, appendSetting } from './refusal-entries.ts'
import { changeReason, closeIntent, moveClaim, openIntent } from './take-entries.ts'
import { verifyChain } from './verify-chain.ts'

export interface LedgerOptions {
  database: Database
  /** Epoch milliseconds, never running backwards. */
  now(): number
}

/** Opens the ledger of a database that has its tables. Intents that an earlier process left without an end are pending from here on. */
export async function createLedger({ database, now }: LedgerOptions): Promise<Ledger> {
  const { ledger_id: id } = await database.selectFrom('ledger').select('ledger_id').executeTakeFirstOrThrow()
  await database.updateTable('intents').set({ is_pending: 1 }).where('is_pending', '=', 0).execute()

  const commitListeners = new Set<(entries: readonly Entry[]) => void>()
  const freshnessListeners = new Set<(namespace: NamespaceRef) => void>()
  let last: Promise<unknown> = Promise.resolve()

  /** One writer at a time, and whoever listens hears of a commit before the next one begins. */
  function write<Result extends { entries: readonly Entry[] }>(
    work: (tx: Tx, now: number) => Promise<Result>,
  ): Promise<Result> {
    const run = last.then(async () => {
      const result = await database
        .transaction()
        .execute(tx => work(tx, now()))
        .catch((error: unknown) => {
          throw isStoreFault(error) ? new LedgerUnavailable(error) : error
        })
      if (result.entries.length > 0) for (const listener of commitListeners) listener(result.entries)
      return result
    })
    last = run.catch(() => {})
    return run
  }

  const single = async (work: (tx: Tx, now: number) => Promise<Entry[]>): Promise<Entry> => {
    const { entries } = await write(async (tx, at) => ({ entries: await work(tx, at) }))
    const [entry] = entries
    if (!entry) throw new Error('an entry was appended and did not come back')
    return entry
  }

  return {
    id,
    async head() {
      const newest = await database
        .selectFrom('entries')
        .select('number')
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst()
      return newest?.number ?? 0
    },
    async observeSweep(sweep) {
      await write(async (tx, at) => ({ entries: await observeSweep(tx, sweep, at) }))
      for (const listener of freshnessListeners) listener(sweep.namespace)
    },
    observeReading: async (ref, reading) => (await write((tx, at) => observeReading(tx, ref, reading, at))).draft,
    openIntent: async intent => (await write((tx, at) => openIntent(tx, intent, at))).open,
    closeIntent: (intent, end) => write((tx, at) => closeIntent(tx, intent, end, at)),
    moveClaim: (seen, actor, reason, readAt) => write((tx, at) => moveClaim(tx, seen, actor, { reason, readAt }, at)),
    changeReason: (seen, actor, reason) => write((tx, at) => changeReason(tx, seen, actor, reason, at)),
    recordRefusal: refusal => single((tx, at) => appendRefusal(tx, refusal, at)),
    recordSetting: (text, actorId) => single((tx, at) => appendSetting(tx, text, actorId, at)),
    draft: ref => readDraft(database, ref),
    drafts: scope => readDrafts(database, scope),
    namespaces: () => readNamespaces(database),
    entriesOf: (ref, limit) => readEntriesOf(database, ref, limit),
    entries: query => readEntries(database, query),
    names: personIds => readNames(database, personIds),
    verify: () => verifyChain(database),
    onCommit(listener) {
      commitListeners.add(listener)
      return () => commitListeners.delete(listener)
    },
    onFreshness(listener) {
      freshnessListeners.add(listener)
      return () => freshnessListeners.delete(listener)
    },
  }
}

/** Told from our own mistakes: the store says no, whatever was asked of it. */
function isStoreFault(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code.startsWith('ERR_SQLITE') || code === 'ERR_INVALID_STATE'
}
