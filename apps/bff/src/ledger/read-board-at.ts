import type { DraftRef } from '@lockdesk/contract'
import type { Database } from '../database/schema.ts'
import type { DraftRow } from './draft-row.ts'
import { lastSnapshot } from './find-holds.ts'
import { type HoldRow, draftKey } from './fold-holds.ts'
import type { HistoryPart } from './history-query.ts'
import { numberAt } from './number-at.ts'
import { type PastFreshness, readFreshnessAt } from './sweep-hours.ts'
import { withinScope } from './within-scope.ts'

/** A draft as it was at a moment: as it is described today, and who had it then. */
export interface PastDraft {
  row: DraftRow
  hold: HoldRow | null
}

/** What was known at a moment. */
export interface BoardAt {
  drafts: PastDraft[]
  /** By namespace key; those that had not been read yet are absent. */
  freshness: ReadonlyMap<string, PastFreshness>
  /** Number of the last entry that had been written. */
  head: number
}

/**
 * Who had a draft at a moment, as far as had been read by then: the hold that had been seen, and whose end had not. Of readings that crossed on
 * their way the times may overlap a little; the one that began last counts.
 */
export async function readHeldAt(
  database: Database,
  { workspace, namespace, draftId }: DraftRef,
  at: number,
): Promise<HoldRow | null> {
  const newest = (await database
    .selectFrom('holds')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('namespace', '=', namespace)
    .where('draft_id', '=', draftId)
    .where('from_by', '<=', at)
    .orderBy('from_by', 'desc')
    .limit(4)
    .execute()) as HoldRow[]
  const lasting = newest.filter(({ until_by }) => until_by === null || until_by > at)
  return lasting.toSorted((a, b) => b.opened - a.opened)[0] ?? null
}

/** The whole board at a moment: drafts that were there then, and who had them. */
export async function readBoardAt(database: Database, parts: readonly HistoryPart[], at: number): Promise<BoardAt> {
  const seen = parts.filter(({ scope }) => scope.length > 0)
  const [found, freshness, head] = await Promise.all([
    Promise.all(seen.map(part => draftsOf(database, part, at))),
    readFreshnessAt(
      database,
      seen.flatMap(({ scope }) => scope),
      at,
    ),
    numberAt(database, at + 1),
  ])
  return { drafts: found.flat(), freshness, head: head - 1 }
}

async function draftsOf(database: Database, part: HistoryPart, at: number): Promise<PastDraft[]> {
  const holds = await readHoldsAt(database, part, at)
  const rows = (await database
    .selectFrom('draft_lives')
    .innerJoin('drafts', join =>
      join
        .onRef('drafts.workspace', '=', 'draft_lives.workspace')
        .onRef('drafts.namespace', '=', 'draft_lives.namespace')
        .onRef('drafts.draft_id', '=', 'draft_lives.draft_id'),
    )
    .selectAll('drafts')
    .where(withinScope(part.scope, 'draft_lives'))
    .where('draft_lives.since', '<=', at)
    .where(eb => eb.or([eb('draft_lives.until', 'is', null), eb('draft_lives.until', '>', at)]))
    .orderBy('drafts.workspace')
    .orderBy('drafts.namespace')
    .orderBy('drafts.name')
    .orderBy('drafts.draft_id')
    .execute()) as DraftRow[]
  const drafts = rows.map(row => ({ row, hold: holds.get(draftKey(row)) ?? null }))
  // Whoever may see only what concerns them sees the drafts that were theirs.
  return part.concerning === undefined ? drafts : drafts.filter(({ hold }) => hold !== null)
}

/** Who held what at a moment, by `draftKey`: the holds of the last snapshot that had not ended, and those that began since. */
export async function readHoldsAt(
  database: Database,
  { scope, concerning }: HistoryPart,
  at: number,
): Promise<Map<string, HoldRow>> {
  const snapshotAt = await lastSnapshot(database, at)
  const lasting = database
    .selectFrom('holds')
    .selectAll('holds')
    .where(withinScope(scope, 'holds'))
    .where(eb => eb.or([eb('holds.until_by', 'is', null), eb('holds.until_by', '>', at)]))
    .$if(concerning !== undefined, query => query.where('holds.claim_person', '=', concerning ?? ''))
  const earlier = lasting
    .innerJoin('held_snapshots', 'held_snapshots.opened', 'holds.opened')
    .where('held_snapshots.at', '=', snapshotAt)
  const later = lasting.where('holds.from_by', '>', snapshotAt).where('holds.from_by', '<=', at)
  const found = (await Promise.all([earlier.execute(), later.execute()])).flat() as HoldRow[]
  // Of readings that crossed the one that began last counts.
  return new Map(found.toSorted((a, b) => a.opened - b.opened).map(hold => [draftKey(hold), hold]))
}
