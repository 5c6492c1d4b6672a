import { transitionKinds } from '@lockdesk/contract'
import type { Selectable } from 'kysely'
import type { HoldTable } from '../database/audit-tables.ts'
import type { Entry } from './ledger.ts'

/** A hold as it stands in the store. */
export type HoldRow = Selectable<HoldTable>

/** An entry after which something may be so that was not: what holds are made of. */
export const isTransition = (entry: Pick<Entry, 'kind'>): boolean => transitionKinds.some(kind => kind === entry.kind)

/**
 * What one transition of a draft does to the hold that lasts. A hold lasts as long as one holder has the draft with one claim behind it.
 * @param open the draft's hold before; null: it was free, or what came before is not known
 * @returns the hold that ended with it, and the one that lasts after it
 */
export function applyTransition(open: HoldRow | null, entry: Entry): { ended: HoldRow | null; open: HoldRow | null } {
  if (open && goesOn(open, entry)) return { ended: null, open: { ...open, ...latestWords(entry) } }
  return { ended: open && end(open, entry), open: begin(entry) }
}

/** All holds that entries make, in the order in which they began. @param entries oldest first; of any draft, of any kind */
export function foldHolds(entries: Iterable<Entry>): HoldRow[] {
  const all = new Map<number, HoldRow>()
  const lasting = new Map<string, HoldRow>()
  for (const entry of entries) {
    if (!isTransition(entry)) continue
    const key = draftKey(entry)
    const { ended, open } = applyTransition(lasting.get(key) ?? null, entry)
    for (const hold of [ended, open]) if (hold) all.set(hold.opened, hold)
    if (open) lasting.set(key, open)
    else lasting.delete(key)
  }
  return [...all.values()]
}

/** Tells drafts apart. */
export const draftKey = (row: Pick<Entry, 'workspace' | 'namespace' | 'draft_id'>): string =>
  JSON.stringify([row.workspace, row.namespace, row.draft_id])

/** Nothing about who has it changed: another reason, say. */
function goesOn(open: HoldRow, entry: Entry): boolean {
  return (
    entry.to_id === open.holder_id &&
    entry.to_claim === open.claim_person &&
    entry.claim_at === open.claim_at &&
    entry.claim_on_behalf_of === open.claim_on_behalf_of
  )
}

/** An entry's reason is the claim's only where its own person acted. */
const latestWords = (entry: Entry) => ({
  draft_name: entry.draft_name,
  holder_name: entry.to_name ?? '',
  claim_reason: entry.to_claim !== null && entry.actor_id === entry.to_claim ? entry.reason : null,
})

function begin(entry: Entry): HoldRow | null {
  if (entry.to_id === null) return null
  return {
    opened: entry.number,
    opened_kind: entry.kind === 'held' ? 'held' : 'changed',
    workspace: entry.workspace,
    namespace: entry.namespace,
    draft_id: entry.draft_id ?? '',
    holder_id: entry.to_id,
    ...latestWords(entry),
    claim_person: entry.to_claim,
    claim_at: entry.claim_at,
    claim_on_behalf_of: entry.claim_on_behalf_of,
    from_after: entry.at_after,
    from_by: entry.at_by,
    until_after: null,
    until_by: null,
    known: entry.known ?? (entry.how === 'lockdesk' ? 'exact' : 'bounded'),
    how: entry.how,
    is_taken: entry.how === 'lockdesk' && entry.outcome === 'taken' ? 1 : 0,
    ended: null,
    closed: null,
  }
}

function end(open: HoldRow, entry: Entry): HoldRow {
  return {
    ...open,
    until_after: entry.at_after,
    until_by: entry.at_by,
    ended: entry.kind === 'freed' || entry.kind === 'deleted' ? entry.kind : 'changed',
    closed: entry.number,
  }
}
