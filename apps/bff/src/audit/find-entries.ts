import type { EventKind } from '@lockdesk/contract'
import type { Entry, EntryQuery, Ledger } from '../ledger/ledger.ts'
import type { Scope } from '../ledger/scope.ts'

/** What is asked of the audit. All of it must fit; of several kinds one. */
export interface AuditQuestion {
  kinds: readonly (EventKind | 'taken')[]
  actor?: string | undefined
  holder?: string | undefined
  draft?: string | undefined
  workspace?: string | undefined
  namespace?: string | undefined
  /** Only entries with a smaller number. */
  before?: number
  limit: number
}

/** Who asks: all entries of the namespaces administered, and of those edited the ones that concern the person. */
export interface Auditor {
  personId: string
  administered: Scope
  edited: Scope
}

/**
 * One page of entries, newest first: as an admin of a namespace all of its entries, as an editor those in which one is the actor,
 * or one's claim stands before or after.
 */
export async function findEntries(
  ledger: Pick<Ledger, 'entries'>,
  { personId, administered, edited }: Auditor,
  question: AuditQuestion,
): Promise<{ entries: Entry[]; next: number | null }> {
  const within = (scope: Scope) => scope.filter(ref => fits(ref, question))
  const asked = queryOf(question)
  const queries: EntryQuery[] = [
    { ...asked, scope: within(administered) },
    // Behind a shared identity nobody is the holder: there the claim tells whose it is.
    { ...asked, scope: within(edited), concerning: { personId } },
  ]
  const found = await Promise.all(queries.filter(({ scope }) => scope.length > 0).map(query => ledger.entries(query)))
  const entries = found.flat().toSorted((a, b) => b.number - a.number)
  const page = entries.slice(0, question.limit)
  return { entries: page, next: entries.length > question.limit ? (page.at(-1)?.number ?? null) : null }
}

function fits(ref: { workspace: string; namespace: string }, { workspace, namespace }: AuditQuestion): boolean {
  return (workspace ?? ref.workspace) === ref.workspace && (namespace ?? ref.namespace) === ref.namespace
}

function queryOf({ kinds, actor, holder, draft, before, limit }: AuditQuestion): Omit<EntryQuery, 'scope'> {
  const closed = kinds.filter(kind => kind !== 'taken')
  return {
    order: 'newest',
    // One more than is shown tells whether there is another page.
    limit: limit + 1,
    ...(closed.length > 0 && { kinds: closed }),
    ...(kinds.includes('taken') && { isTakenHere: true }),
    ...(actor !== undefined && { actorId: actor }),
    ...(holder !== undefined && { holderId: holder }),
    ...(draft !== undefined && { draftId: draft }),
    ...(before !== undefined && { before }),
  }
}
