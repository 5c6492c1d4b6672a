import { type DraftRef, transitionKinds } from '@lockdesk/contract'
import type { Database } from '../database/schema.ts'
import type { CatchUp } from './catch-up.ts'
import { countEntries } from './count-entries.ts'
import { countHolders, readHoldersOf } from './count-holders.ts'
import { readDraftNames } from './draft-names.ts'
import { findDrafts, findHolderIds, findPersons } from './find-by-name.ts'
import { findEntries } from './find-entries.ts'
import { findHolds } from './find-holds.ts'
import { type HoldRow, foldHolds } from './fold-holds.ts'
import { HistoryBehind, type Ledger } from './ledger.ts'
import { readBoardAt, readHeldAt } from './read-board-at.ts'
import { readEntries } from './read-ledger.ts'

type History = Pick<
  Ledger,
  'find' | 'holds' | 'holdsOf' | 'holders' | 'holdersOf' | 'draftNames' | 'counts' | 'heldAt' | 'boardAt' | 'identify'
>

/** What the ledger answers about the past. Whatever tells of holds waits until they are level with the entries. */
export function readHistory(database: Database, { level }: Pick<CatchUp, 'level'>): History {
  async function levelled<Answer>(read: () => Promise<Answer>): Promise<Answer> {
    await level()
    return read()
  }
  const holds: History['holds'] = (query, page) => levelled(() => findHolds(database, query, page))
  return {
    find: (query, page) => findEntries(database, query, page),
    holds,
    async holdsOf(ref, limit) {
      try {
        return (await holds({ parts: [{ scope: [ref] }], filter: { drafts: [ref] } }, { limit })).holds
      } catch (error) {
        if (error instanceof HistoryBehind) return newestHoldsOf(database, ref, limit)
        throw error
      }
    },
    holders: (query, options) => levelled(() => countHolders(database, query, options)),
    holdersOf: opened => readHoldersOf(database, opened),
    draftNames: refs => readDraftNames(database, refs),
    counts: (query, by) => countEntries(database, query, by),
    heldAt: (ref, at) => levelled(() => readHeldAt(database, ref, at)),
    boardAt: (parts, at) => levelled(() => readBoardAt(database, parts, at)),
    identify: {
      persons: text => findPersons(database, text),
      holders: text => findHolderIds(database, text),
      drafts: (scope, text) => findDrafts(database, scope, text),
    },
  }
}

/** The oldest may have begun before the entries that are read: it counts from there. */
async function newestHoldsOf(database: Database, ref: DraftRef, limit: number): Promise<HoldRow[]> {
  const newest = await readEntries(database, {
    scope: [ref],
    draftId: ref.draftId,
    kinds: transitionKinds,
    order: 'newest',
    limit: 4 * limit,
  })
  return foldHolds(newest.toReversed()).toReversed().slice(0, limit)
}
