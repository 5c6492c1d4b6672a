import { ArrowDown, ArrowUp } from 'lucide-react'
import { nextSort, type Sort, type SortColumn } from './search.ts'

export interface SortHeadProps {
  column: SortColumn
  sort: Sort
  label: string
  onSort(sort: string | undefined): void
}

/** The head of a column: a click sorts by it, the next turns it round, the third puts the order back. */
export function SortHead({ column, sort, label, onSort }: SortHeadProps) {
  const isBy = sort.by === column
  const Arrow = sort.descending ? ArrowDown : ArrowUp
  return (
    <div
      role="columnheader"
      className={`c-${column}`}
      aria-sort={isBy ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" onClick={() => onSort(nextSort(sort, column))}>
        {label}
        {isBy && <Arrow className="i" aria-hidden />}
      </button>
    </div>
  )
}
