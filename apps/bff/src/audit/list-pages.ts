import { type AuditPage, type HoldersPage, type HoldsPage, type LockEvent, spanOfTimeWord } from '@lockdesk/contract'
import type { Workspace } from '../cloud/workspace.ts'
import { chainLinkOf } from '../ledger/chain-link.ts'
import type { HolderCount, HolderCountOptions } from '../ledger/count-holders.ts'
import type { HistoryQuery } from '../ledger/history-query.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { presentEvents } from '../ledger/present-event.ts'
import { presentHold } from '../ledger/present-hold.ts'
import { instant, presentHolder, presentPerson } from '../ledger/present-holder.ts'
import type { Scope } from '../ledger/scope.ts'
import { namespaceKey } from '../ledger/within-scope.ts'
import { type Auditor, answerOf, askLedger } from './ask-ledger.ts'
import { type PagePlace, type PagedList, type PlaceCursors, placeOf, signPage } from './page-cursor.ts'
import type { Question } from './question.ts'

/** What the lists are read from and signed by. */
export interface ListRooms {
  ledger: Ledger
  workspaces: ReadonlyMap<string, Pick<Workspace, 'rulesOf'>>
  isService(workspace: string, holderId: string): boolean
  cursors: PlaceCursors
  now(): number
}

export interface PageAsked extends Question {
  cursor: string | undefined
  limit: number
}

const dayMs = 86_400_000
const usualPeriodMs = 30 * dayMs

/** Where a page begins, and as of when it is asked. */
function beginning({ cursors, now }: ListRooms, list: PagedList['list'], { cursor, filter }: PageAsked) {
  const of: PagedList = { list, filter }
  const place = cursor === undefined ? null : placeOf(cursors, of, cursor)
  const asOf = place?.asOf ?? now()
  return { place, asOf, sign: (end: Omit<PagePlace, 'asOf'>) => signPage(cursors, of, { ...end, asOf }) }
}

export async function listEvents(rooms: ListRooms, auditor: Auditor, asked: PageAsked): Promise<AuditPage> {
  const { place, asOf, sign } = beginning(rooms, 'events', asked)
  const query = await askLedger(rooms.ledger, auditor, asked.filter, { asOf, blame: asked.blame })
  const { events, next } = await eventsOf(rooms, auditor, query, { before: place?.number, limit: asked.limit })
  return { events, next: next === null ? null : sign({ number: next }) }
}

/** One page of events as the auditor sees them, on the page and in a file alike: each with what makes it verifiable anywhere. */
export async function eventsOf(
  { ledger, isService }: Pick<ListRooms, 'ledger' | 'isService'>,
  { personId }: Auditor,
  query: HistoryQuery,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<{ events: LockEvent[]; next: number | null }> {
  const { entries, next } = await ledger.find(query, { limit, ...(before !== undefined && { before }) })
  const links = entries.map(chainLinkOf)
  const events = await presentEvents(entries, ledger, { isService, personId })
  return { events: events.flatMap((event, at) => (links[at] ? [{ ...event, chain: links[at] }] : [])), next }
}

export async function listHolds(rooms: ListRooms, auditor: Auditor, asked: PageAsked): Promise<HoldsPage> {
  const { ledger, isService } = rooms
  const { place, asOf, sign } = beginning(rooms, 'holds', asked)
  const query = await askLedger(ledger, auditor, asked.filter, { asOf, blame: asked.blame })
  const { holds, next } = await answerOf(
    ledger.holds(query, { limit: asked.limit, ...(place && { before: place.number }) }),
    asked.blame,
  )
  const names = await ledger.names(holds.flatMap(({ claim_person }) => claim_person ?? []))
  const onlooker = { isService, names, memberOf: await ledger.memberOf(), personId: auditor.personId }
  return {
    holds: holds.map(hold => presentHold(hold, onlooker)),
    next: next === null ? null : sign({ number: next }),
  }
}

/** Of the holders all are counted for each page; the head of the first page keeps them the same. */
export async function listHolders(rooms: ListRooms, auditor: Auditor, asked: PageAsked): Promise<HoldersPage> {
  const { ledger, isService } = rooms
  const { place, asOf, sign } = beginning(rooms, 'holders', asked)
  const query = await askLedger(ledger, auditor, asked.filter, { asOf, blame: asked.blame })
  const end = Math.min(endOf(asked.filter.until, asOf), asOf)
  const until = query.filter.until ?? asOf + 1
  const since = query.filter.since ?? Math.max(0, end - usualPeriodMs)
  const head = place?.number ?? (await ledger.head())
  const overdue = overdueIn(query, rooms.workspaces)
  const counted = await answerOf(ledger.holders(query, { since, until, end, head, overdue }), asked.blame)
  const rest = counted.toSorted(byLastShown).filter(one => isBehind(one, place?.key))
  const page = rest.slice(0, asked.limit)
  const last = rest.length > page.length ? page.at(-1) : undefined
  return {
    holders: await presentHolders(page, { ledger, isService, personId: auditor.personId }),
    period: { since: instant(since), until: instant(end) },
    next: last ? sign({ number: head, key: keyOf(last) }) : null,
  }
}

async function presentHolders(
  page: readonly HolderCount[],
  { ledger, isService, personId }: Pick<ListRooms, 'ledger' | 'isService'> & { personId: string },
): Promise<HoldersPage['holders']> {
  const [holders, memberOf, names] = await Promise.all([
    ledger.holdersOf(page.map(({ latest }) => latest)),
    ledger.memberOf(),
    ledger.names(page.flatMap(({ claim_person }) => claim_person ?? [])),
  ])
  return page.map(one => {
    const { name = '', ...sighting } = holders.get(one.latest) ?? { workspace: '', namespace: '', at: 0 }
    const claim = one.claim_person === null ? null : { personId: one.claim_person, onBehalfOf: null }
    return {
      holder: presentHolder({ id: one.holder_id, name }, sighting, claim, {
        isService,
        memberOf,
        personId,
      }),
      ...(one.claim_person !== null && { claim: { by: presentPerson(one.claim_person, names) } }),
      holds: one.holds,
      open: one.open,
      overdue: one.overdue,
      seconds: { min: one.least / 1000, max: one.most / 1000 },
      lastSeenAt: instant(one.last_seen),
    }
  })
}

/** A day ends with its last hour; everything else is a moment. */
function endOf(until: string | undefined, asOf: number): number {
  if (until === undefined) return asOf
  const { start, end } = spanOfTimeWord(until, asOf)
  return end === start + 1 ? start : end
}

/** Who was shown last comes first; the rest of the key tells apart those who were shown at the same time. */
const keyOf = ({ last_shown, holder_id, claim_person }: HolderCount) => [
  String(last_shown),
  holder_id,
  claim_person ?? '',
]

function byLastShown(a: HolderCount, b: HolderCount): number {
  return (
    b.last_shown - a.last_shown ||
    inOrder(a.holder_id, b.holder_id) ||
    inOrder(a.claim_person ?? '', b.claim_person ?? '')
  )
}

const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function isBehind(one: HolderCount, key: readonly string[] | undefined): boolean {
  if (!key) return true
  const [lastShown = '', holderId = '', claim = ''] = key
  const last = { ...one, last_shown: Number(lastShown), holder_id: holderId, claim_person: claim === '' ? null : claim }
  return byLastShown(one, last) > 0
}

/** Namespaces by the time after which a hold is overdue there. */
function overdueIn({ parts }: HistoryQuery, workspaces: ListRooms['workspaces']): HolderCountOptions['overdue'] {
  const byLimit = new Map<number, Map<string, Scope[number]>>()
  for (const ref of parts.flatMap(({ scope }) => scope)) {
    const afterMs = workspaces.get(ref.workspace)?.rulesOf(ref.namespace).overdueAfterMs
    if (afterMs === undefined) continue
    byLimit.set(afterMs, (byLimit.get(afterMs) ?? new Map()).set(namespaceKey(ref), ref))
  }
  return [...byLimit].map(([afterMs, refs]) => ({ afterMs, scope: [...refs.values()] }))
}
