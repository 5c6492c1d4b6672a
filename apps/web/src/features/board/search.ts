export const states = ['free', 'held', 'mine', 'overdue', 'orphaned'] as const
export type StateFilter = (typeof states)[number]

export const sortColumns = ['folder', 'state', 'name', 'holder', 'since', 'modified'] as const
export type SortColumn = (typeof sortColumns)[number]
export interface Sort {
  by: SortColumn
  descending: boolean
}

/** What the board shows, as its URL says it: a link to it is a view that can be shared. */
export interface BoardSearch {
  workspace?: string | undefined
  ns?: string | undefined
  state?: StateFilter | undefined
  q?: string | undefined
  /** A column, with a minus before it for the other way round. */
  sort?: string | undefined
  /** The key of the draft whose panel is open. */
  open?: string | undefined
}

export interface SearchState {
  search: BoardSearch
  /** Opening and choosing are steps of the history; typing is not. */
  onSearch(next: BoardSearch, how: 'push' | 'replace'): void
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** Reads the URL's search; what it does not know is left out, so that an old link still opens the board. */
export function readBoardSearch(raw: Record<string, unknown>): BoardSearch {
  const state = states.find(known => known === raw['state'])
  const sort = text(raw['sort'])
  const found: BoardSearch = {
    workspace: text(raw['workspace']),
    ns: text(raw['ns']),
    state,
    q: text(raw['q']),
    sort: sort !== undefined && readSort(sort) !== defaultSort ? sort : undefined,
    open: text(raw['open']),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

export const defaultSort: Sort = { by: 'folder', descending: false }

export function readSort(sort: string | undefined): Sort {
  const descending = sort?.startsWith('-') ?? false
  const by = sortColumns.find(column => column === (descending ? sort?.slice(1) : sort))
  return by === undefined || (by === 'folder' && !descending) ? defaultSort : { by, descending }
}

/**
 * What a click on a column's head asks for: the column, then the other way round, then the order it was in before. Of
 * what was modified the newest comes first: that is what one looks for.
 */
export function nextSort(now: Sort, column: SortColumn): string | undefined {
  const first = column === 'modified' ? '-modified' : column
  if (now.by !== column) return column === 'folder' ? undefined : first
  if (now.descending !== first.startsWith('-')) return undefined
  return now.descending ? column : `-${column}`
}
