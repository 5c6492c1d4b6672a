import type { BoardDraft, Me, NamespaceRef } from '@lockdesk/contract'
import { isMine } from '../../live/ability.ts'
import { isOverdue } from '../../live/look.ts'
import type { BoardSearch, Sort, StateFilter } from './search.ts'

export interface Counts extends Record<StateFilter, number> {
  all: number
}

export type Scope = Pick<BoardSearch, 'workspace' | 'ns'>

/** Whether something lies in the chosen workspace and namespace. */
export function isInScope(place: NamespaceRef, { workspace, ns }: Scope): boolean {
  return (workspace === undefined || place.workspace === workspace) && (ns === undefined || place.namespace === ns)
}

/** The drafts of the chosen workspace and namespace. */
export function inScope(drafts: readonly BoardDraft[], scope: Scope): readonly BoardDraft[] {
  if (scope.workspace === undefined && scope.ns === undefined) return drafts
  return drafts.filter(({ ref }) => isInScope(ref, scope))
}

export function isInState(draft: BoardDraft, state: StateFilter, me: Me, now: number): boolean {
  switch (state) {
    case 'free':
      return draft.lock === null
    case 'held':
      return draft.lock !== null
    case 'mine':
      return isMine(draft, me)
    case 'overdue':
      return isOverdue(draft, now)
    case 'orphaned':
      return draft.lock?.holder.member === false
  }
}

export function countStates(drafts: readonly BoardDraft[], me: Me, now: number): Counts {
  const counts: Counts = { all: drafts.length, free: 0, held: 0, mine: 0, overdue: 0, orphaned: 0 }
  for (const draft of drafts) {
    if (draft.lock === null) {
      counts.free++
      continue
    }
    counts.held++
    if (isMine(draft, me)) counts.mine++
    if (isOverdue(draft, now)) counts.overdue++
    if (draft.lock.holder.member === false) counts.orphaned++
  }
  return counts
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase()
const haystacks = new WeakMap<BoardDraft, { name: string; rest: string; ids: string }>()

/** All that the filter looks into: name, place, holder, the person behind, the reason, ids. */
function haystack(draft: BoardDraft) {
  let found = haystacks.get(draft)
  if (found === undefined) {
    const { ref, lock } = draft
    const rest = [ref.namespace, draft.folder, lock?.holder.name]
    if (lock?.claim) rest.push(lock.claim.by.name, lock.claim.onBehalfOf, lock.claim.reason)
    found = {
      name: fold(draft.name),
      rest: fold(rest.filter(Boolean).join('\n')),
      ids: fold(`${ref.draftId}\n${lock?.holder.id ?? ''}`),
    }
    haystacks.set(draft, found)
  }
  return found
}

const wordsOf = (query: string) => fold(query).split(/\s+/).filter(Boolean)
/** Ids are looked into by longer words only: three letters of hex occur in most of them. */
const shortestId = 6

/** Every word of the query must occur somewhere in the row, in any order and any case. */
export function matching(drafts: readonly BoardDraft[], query: string): readonly BoardDraft[] {
  const words = wordsOf(query)
  if (words.length === 0) return drafts
  return drafts.filter(draft => {
    const { name, rest, ids } = haystack(draft)
    return words.every(
      word => name.includes(word) || rest.includes(word) || (word.length >= shortestId && ids.includes(word)),
    )
  })
}

/** How well a row answers the query: 0 its name begins with it, 1 its name has it, 2 something else does. */
export function rankOf(draft: BoardDraft, query: string): number {
  const words = wordsOf(query)
  const { name } = haystack(draft)
  if (words.length === 0 || !words.every(word => name.includes(word))) return 2
  return name.startsWith(words[0] ?? '') ? 0 : 1
}

const collators = new Map<string, Intl.Collator>()

function collatorOf(locale: string): Intl.Collator {
  let collator = collators.get(locale)
  if (!collator) {
    collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
    collators.set(locale, collator)
  }
  return collator
}

const stateRank = (draft: BoardDraft, me: Me, now: number) =>
  isMine(draft, me) ? 0 : isOverdue(draft, now) ? 1 : draft.lock !== null ? 2 : 3

/**
 * Puts rows in order. Equal ones go by namespace, folder, name and id, so the order is the same each time; rows without
 * the value sorted by stand at the end whichever way round.
 */
export function sorted(
  drafts: readonly BoardDraft[],
  { by, descending }: Sort,
  me: Me,
  now: number,
  locale: string,
): BoardDraft[] {
  const { compare } = collatorOf(locale)
  const place = (a: BoardDraft, b: BoardDraft) =>
    compare(a.ref.namespace, b.ref.namespace) || compare(a.folder, b.folder)
  const last = (a: BoardDraft, b: BoardDraft) =>
    place(a, b) ||
    compare(a.name, b.name) ||
    compare(a.ref.workspace, b.ref.workspace) ||
    (a.ref.draftId < b.ref.draftId ? -1 : a.ref.draftId > b.ref.draftId ? 1 : 0)
  const sign = descending ? -1 : 1
  const byText = (of: (draft: BoardDraft) => string | null | undefined) => (a: BoardDraft, b: BoardDraft) => {
    const [left, right] = [of(a), of(b)]
    if (!left || !right) return left ? -1 : right ? 1 : 0
    return sign * compare(left, right)
  }
  const byTime = (of: (draft: BoardDraft) => string | null | undefined) => (a: BoardDraft, b: BoardDraft) => {
    const [left, right] = [of(a), of(b)]
    if (!left || !right) return left ? -1 : right ? 1 : 0
    return sign * (Date.parse(left) - Date.parse(right))
  }
  const first: Record<Sort['by'], (a: BoardDraft, b: BoardDraft) => number> = {
    folder: (a, b) => sign * place(a, b),
    state: (a, b) => sign * (stateRank(a, me, now) - stateRank(b, me, now)),
    name: byText(({ name }) => name),
    holder: byText(({ lock }) => lock?.claim?.by.name ?? lock?.holder.name),
    since: byTime(({ lock }) => lock?.seenSince.by),
    modified: byTime(({ modifiedAt }) => modifiedAt),
  }
  return drafts.toSorted((a, b) => first[by](a, b) || last(a, b))
}
