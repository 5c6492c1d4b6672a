import type { Board, BoardDraft, Freshness, Me } from '@lockdesk/contract'
import { useCallback, useMemo } from 'react'
import { draftKey } from '../../api/draft-key.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { useNow } from '../../ui/clock.tsx'
import { namespaceKey } from './freshness-of.ts'
import { readSort, type BoardSearch, type Sort } from './search.ts'
import { countStates, inScope, isInScope, isInState, matching, rankOf, sorted, type Counts } from './select-rows.ts'
import { useHeldRows } from './use-held-rows.ts'

/** What the view is made from. */
export interface BoardAsked {
  /** Undefined until it has been read for the first time. */
  board: Board | undefined
  me: Me
  search: BoardSearch
  /** What is filtered by: the address follows a moment later. */
  query: string
  /** Somebody points at the table: the order of its rows stays. */
  isHeld: boolean
}

/** What there is to see. What is one's own or overdue is so for `me`, at `now`. */
export interface BoardView {
  me: Me
  now: number
  sort: Sort
  /** All drafts, by key. */
  byKey: ReadonlyMap<string, BoardDraft>
  /** All namespaces that this person may see. */
  allNamespaces: readonly Freshness[]
  freshness: ReadonlyMap<string, Freshness>
  /** The chosen namespaces, their drafts, and how many of these there are in each state. */
  namespaces: readonly Freshness[]
  scope: readonly BoardDraft[]
  counts: Counts
  /** How many rows there would be without the query. */
  withoutQuery: number
  /** What would be found by other words, the best first. */
  select(words: string): readonly BoardDraft[]
  rows: readonly BoardDraft[]
  /** Changes that wait until nobody points at the table, and a way to let them in at once. */
  changes: number
  show(): void
}

const noDrafts: readonly BoardDraft[] = []
const noNamespaces: readonly Freshness[] = []

/** From the board to the rows, as the address and the filter ask for them. */
export function useBoardView({ board, me, search, query, isHeld }: BoardAsked): BoardView {
  const language = useLanguage()
  const now = useNow(10_000)
  const { workspace, ns, state } = search
  const sort = useMemo(() => readSort(search.sort), [search.sort])

  const drafts = board?.drafts ?? noDrafts
  const allNamespaces = board?.namespaces ?? noNamespaces
  const byKey = useMemo(() => new Map(drafts.map(draft => [draftKey(draft.ref), draft])), [drafts])
  const freshness = useMemo(() => new Map(allNamespaces.map(one => [namespaceKey(one), one])), [allNamespaces])

  const scope = useMemo(() => inScope(drafts, { workspace, ns }), [drafts, workspace, ns])
  const namespaces = useMemo(
    () => allNamespaces.filter(one => isInScope(one, { workspace, ns })),
    [allNamespaces, workspace, ns],
  )
  const counts = useMemo(() => countStates(scope, me, now), [scope, me, now])
  const inState = useMemo(
    () => (state === undefined ? scope : scope.filter(draft => isInState(draft, state, me, now))),
    [scope, state, me, now],
  )
  const isSorted = search.sort !== undefined
  const select = useCallback(
    (words: string) => {
      const found = sorted(matching(inState, words), sort, me, now, language === 'zh' ? 'zh-CN' : 'en')
      // Whoever types three letters of a name and presses Enter means the name; an order that was asked for stays.
      if (isSorted || words.trim() === '') return found
      return found.toSorted((a, b) => rankOf(a, words) - rankOf(b, words))
    },
    [inState, sort, isSorted, me, now, language],
  )
  const fresh = useMemo(() => select(query), [select, query])
  const asked = JSON.stringify([workspace, ns, state, query, search.sort, language])
  const held = useHeldRows({ fresh, all: byKey, asked, isHeld })

  const chosen = { namespaces, scope, counts, withoutQuery: inState.length }
  return { me, now, sort, byKey, allNamespaces, freshness, ...chosen, select, ...held }
}
