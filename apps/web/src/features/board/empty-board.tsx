import { useLanguage } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { formatAge } from '../../i18n/time.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.tsx'
import { boardMessages } from './messages.ts'
import type { BoardSearch } from './search.ts'
import type { BoardView } from './use-board-view.ts'
import { Void } from './void.tsx'

export interface EmptyBoardProps {
  view: Pick<BoardView, 'allNamespaces' | 'namespaces' | 'counts' | 'withoutQuery'>
  search: BoardSearch
  query: string
  onClearQuery(): void
  onShowAll(): void
}

/** Why there is no row, what it means, and the way on. */
export function EmptyBoard(props: EmptyBoardProps) {
  const { search, query } = props
  const { allNamespaces, namespaces, counts, withoutQuery } = props.view
  const words = useMessages(boardMessages)
  const language = useLanguage()
  const now = useNow(1000)

  if (query.trim() !== '') {
    return (
      <Void title={words.noMatchTitle(counts.all)} text={words.noMatchText(query.trim(), withoutQuery)}>
        <Button onClick={props.onClearQuery}>{words.clearFilter}</Button>
      </Void>
    )
  }
  if (counts.all === 0) {
    if (allNamespaces.length === 0) return <Void title={words.noneVisibleTitle} text={words.noneVisibleText} />
    if (namespaces.length > 0 && namespaces.every(({ state }) => state === 'never')) {
      const hasFailed = namespaces.some(({ error }) => error !== undefined)
      return <Void title={words.neverTitle} text={hasFailed ? words.neverFailed : words.neverText} />
    }
    return <Void title={words.emptyTitle(search.ns)} text={words.emptyText} />
  }
  const swept = namespaces.flatMap(({ lastSweepAt }) => (lastSweepAt === null ? [] : [Date.parse(lastSweepAt)]))
  const age = swept.length === 0 ? null : formatAge(now - Math.min(...swept), language)
  const [title, text] = {
    all: [words.emptyTitle(search.ns), words.emptyText],
    held: [words.nobodyTitle, words.nobodyText(counts.all, age)],
    mine: [words.nothingMineTitle, words.nothingMineText],
    overdue: [words.nothingOverdueTitle, words.nothingOverdueText],
    free: [words.nothingFreeTitle, words.nothingFreeText],
    orphaned: [words.nothingOrphanedTitle, words.nothingOrphanedText],
  }[search.state ?? 'all'] as [string, string]
  return (
    <Void title={title} text={text}>
      <Button onClick={props.onShowAll}>{words.showAll}</Button>
    </Void>
  )
}
