import { isDeepStrictEqual } from 'node:util'
import type { NamespaceRef } from '@lockdesk/contract'
import type { Database } from '../database/schema.ts'
import type { LastWrite, Store } from '../database/store.ts'
import { type DraftRow, type IntentRow, draftState, pendingTakes } from './draft-row.ts'
import type { DraftState } from './draft-state.ts'
import { type Compare, byCodePoint, mergedInSlices, sortedInSlices } from './in-order.ts'
import { inSlices } from './in-slices.ts'
import type { Scope } from './scope.ts'
import { namespaceKey } from './within-scope.ts'

/**
 * The drafts of the namespaces that somebody looks at, so that a board costs what was written since the one before, and not what there is.
 * A copy and no more.
 */
export interface BoardMemory {
  /**
   * Those that are not gone, by workspace, namespace, name and id, as they are now. A draft of which nothing else is known than before is the same
   * object as before.
   */
  drafts(scope: Scope): Promise<DraftState[]>
}

/** What is kept of one namespace. */
interface Kept {
  /** Everything up to this write is in it. */
  through: LastWrite | null
  byId: Map<string, DraftState>
  /** Replaced and never changed: whoever was given it may still be reading. */
  inOrder: readonly DraftState[]
  /** Of these an intent is open. */
  pending: ReadonlySet<string>
}

/** What is different now: a draft by its id, null where it is gone. */
type Changes = Map<string, DraftState | null>

/** One statement reads so many rows at most: they are unpacked on the event loop. */
const pageSize = 500
/** Where more was written than this, the whole namespace is walked through by its key. */
const mostAtOnce = 2_000
/** A condition may be nested only so deep. */
const namespacesAStatement = 100

const byName: Compare<DraftState> = (a, b) => byCodePoint(a.name, b.name) || byCodePoint(a.ref.draftId, b.ref.draftId)

const byNamespace: Compare<NamespaceRef> = (a, b) =>
  byCodePoint(a.workspace, b.workspace) || byCodePoint(a.namespace, b.namespace)

export function createBoardMemory(database: Database, store: Pick<Store, 'lastWrite'>): BoardMemory {
  const namespaces = new Map<string, Kept>()
  let last: Promise<unknown> = Promise.resolve()
  let next: { refs: Map<string, NamespaceRef>; done: Promise<void> } | null = null

  /** All who ask while a reading is under way wait for the one after it, and share that: the one under way may have begun before what they must see. */
  function upToDate(scope: Scope): Promise<void> {
    next ??= begin()
    for (const ref of scope) next.refs.set(namespaceKey(ref), ref)
    return next.done
  }

  function begin(): { refs: Map<string, NamespaceRef>; done: Promise<void> } {
    const refs = new Map<string, NamespaceRef>()
    const done = last.then(() => {
      next = null
      return bringUp([...refs.values()])
    })
    last = done.catch(() => {})
    return { refs, done }
  }

  const keptOf = (ref: NamespaceRef): Kept =>
    namespaces.get(namespaceKey(ref)) ?? { through: null, byId: new Map(), inOrder: [], pending: new Set() }

  async function bringUp(scope: Scope): Promise<void> {
    const through = await store.lastWrite()
    const behind = scope.filter(ref => keptOf(ref).through?.id !== through.id)
    if (behind.length === 0) return
    const written = await countWritten(behind)
    const open = Map.groupBy(await database.selectFrom('intents').selectAll().orderBy('number').execute(), intent =>
      namespaceKey(intent),
    )
    for (const ref of behind) {
      const key = namespaceKey(ref)
      const kept = keptOf(ref)
      const intents = Map.groupBy(open.get(key) ?? [], intent => intent.draft_id)
      const changes =
        kept.through === null || (written.get(key) ?? 0) > mostAtOnce
          ? await walkThrough(ref, kept, intents)
          : await readWritten(ref, kept, intents, written.has(key))
      namespaces.set(key, { ...(await changed(kept, changes)), through, pending: new Set(intents.keys()) })
    }
  }

  /** How many rows of each namespace were written since it was read, of those that were read before. */
  async function countWritten(scope: Scope): Promise<Map<string, number>> {
    const counts = new Map<string, number>()
    const known = scope.flatMap(ref => {
      const { through } = keptOf(ref)
      return through === null ? [] : { ...ref, since: through.at }
    })
    for (let from = 0; from < known.length; from += namespacesAStatement) {
      const some = known.slice(from, from + namespacesAStatement)
      const rows = await database
        .selectFrom('drafts')
        .select(['workspace', 'namespace', eb => eb.fn.countAll<number>().as('count')])
        .where(eb =>
          eb.or(
            some.map(({ workspace, namespace, since }) =>
              // Of the same millisecond some may have been written after the last look: they are read again.
              eb.and([eb.and({ workspace, namespace }), eb('touched', '>=', since)]),
            ),
          ),
        )
        .groupBy(['workspace', 'namespace'])
        .execute()
      for (const { count, ...ref } of rows) counts.set(namespaceKey(ref), Number(count))
    }
    return counts
  }

  const rowsOf = ({ workspace, namespace }: NamespaceRef) =>
    database.selectFrom('drafts').selectAll().where('workspace', '=', workspace).where('namespace', '=', namespace)

  async function readWritten(
    ref: NamespaceRef,
    kept: Kept,
    intents: ReadonlyMap<string, IntentRow[]>,
    isWritten: boolean,
  ): Promise<Changes> {
    const changes: Changes = new Map()
    const rows = isWritten
      ? await rowsOf(ref)
          .where('touched', '>=', kept.through?.at ?? 0)
          .execute()
      : []
    const seen = new Set(rows.map(row => row.draft_id))
    for await (const slice of inSlices(rows)) for (const row of slice) note(changes, kept, row, intents)
    for (const draftId of new Set([...kept.pending, ...intents.keys()])) {
      const before = kept.byId.get(draftId)
      if (!before || seen.has(draftId)) continue
      const now = pendingTakes(intents.get(draftId) ?? [])
      if (!isDeepStrictEqual(before.intents, now)) changes.set(draftId, { ...before, intents: now })
    }
    return changes
  }

  async function walkThrough(
    ref: NamespaceRef,
    kept: Kept,
    intents: ReadonlyMap<string, IntentRow[]>,
  ): Promise<Changes> {
    const changes: Changes = new Map()
    const seen = new Set<string>()
    let page: DraftRow[]
    let after = ''
    do {
      page = await rowsOf(ref)
        .where('draft_id', '>', after)
        .where('deleted_at', 'is', null)
        .orderBy('draft_id')
        .limit(pageSize)
        .execute()
      for (const row of page) {
        seen.add(row.draft_id)
        note(changes, kept, row, intents)
      }
      after = page.at(-1)?.draft_id ?? after
      await new Promise(setImmediate)
    } while (page.length === pageSize)
    for await (const slice of inSlices(kept.byId.keys(), 10_000))
      for (const draftId of slice) if (!seen.has(draftId)) changes.set(draftId, null)
    return changes
  }

  return {
    async drafts(scope) {
      await upToDate(scope)
      const refs = new Map(scope.map(ref => [namespaceKey(ref), ref]))
      return ([] as DraftState[]).concat(...[...refs.values()].toSorted(byNamespace).map(ref => keptOf(ref).inOrder))
    },
  }
}

/** Adds what a row says, where it is something else than before. */
function note(changes: Changes, kept: Kept, row: DraftRow, intents: ReadonlyMap<string, IntentRow[]>): void {
  const before = kept.byId.get(row.draft_id) ?? null
  const now = row.deleted_at === null ? draftState(row, intents.get(row.draft_id) ?? []) : null
  if (!isDeepStrictEqual(before, now)) changes.set(row.draft_id, now)
}

async function changed(kept: Kept, changes: Changes): Promise<Pick<Kept, 'byId' | 'inOrder'>> {
  if (changes.size === 0) return kept
  const staying: DraftState[] = []
  for await (const slice of inSlices(kept.inOrder, 10_000))
    for (const draft of slice) if (!changes.has(draft.ref.draftId)) staying.push(draft)
  const coming = [...changes.values()].filter(draft => draft !== null)
  const inOrder = await mergedInSlices(staying, await sortedInSlices(coming, byName), byName)
  for await (const slice of inSlices(changes, 10_000))
    for (const [draftId, draft] of slice)
      if (draft) kept.byId.set(draftId, draft)
      else kept.byId.delete(draftId)
  return { byId: kept.byId, inOrder }
}
