import type { Board, Freshness, LockEvent, Me } from '@lockdesk/contract'
import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { retryRead } from '../api/queries.ts'
import { getBoard } from '../api/drafts.ts'
import { applyFreshness, applyLockEvent } from './reduce.ts'

export const boardKey = ['board'] as const

/** New drafts, names and modification times come by no event: the board is read anew this often while somebody looks. */
const readAgainMs = 60_000
/** Several entries at once that the board does not show cause one reading. */
const gatherMs = 250

/** Keeps the board in the query cache equal to the ledger: readings, and the stream's entries laid onto them. */
export interface BoardFeed {
  boardQuery: ReturnType<typeof boardOptions>
  receiveLock(event: LockEvent): void
  receiveFreshness(fresh: Freshness): void
  /** Tells of each row that changes before the viewer's eyes, by its key. @returns ends it */
  onChanged(listener: (key: string) => void): () => void
  /** What was known of the stream's order is void: read the board again. */
  reset(): void
  readAgain(): void
}

function boardOptions(read: (signal: AbortSignal) => Promise<Board>) {
  return queryOptions({
    queryKey: boardKey,
    queryFn: ({ signal }) => read(signal),
    retry: retryRead,
    staleTime: readAgainMs / 2,
    refetchInterval: readAgainMs,
    refetchOnWindowFocus: true,
  })
}

export interface BoardFeedOptions {
  me: Me
  queries: QueryClient
  read?: (signal: AbortSignal) => Promise<Board>
}

export function createBoardFeed({ me, queries, read = getBoard }: BoardFeedOptions): BoardFeed {
  const listeners = new Set<(key: string) => void>()
  let head = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  /** For each reading under way: the entries that came after it was begun, which it may or may not contain. */
  const underWay = new Set<LockEvent[]>()

  const readAgain = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      void queries.invalidateQueries({ queryKey: boardKey })
    }, gatherMs)
  }

  const readBoard = async (signal: AbortSignal): Promise<Board> => {
    const since: LockEvent[] = []
    underWay.add(since)
    try {
      let board = await read(signal)
      // In order, so what the reading already contained ends as it was.
      for (const event of since) board = applyLockEvent({ board, head: 0 }, event, me).next.board
      return board
    } finally {
      underWay.delete(since)
    }
  }

  return {
    boardQuery: boardOptions(readBoard),
    readAgain,
    receiveLock(event) {
      if (event.number <= head) return
      for (const since of underWay) since.push(event)
      const board = queries.getQueryData<Board>(boardKey)
      if (!board) {
        head = event.number
        return
      }
      const step = applyLockEvent({ board, head }, event, me)
      head = step.next.head
      // An update must not pass for a reading: the time of the last one stays.
      const updatedAt = queries.getQueryState(boardKey)?.dataUpdatedAt
      if (step.next.board !== board) {
        queries.setQueryData(boardKey, step.next.board, updatedAt === undefined ? {} : { updatedAt })
      }
      if (step.changed !== null) for (const listener of listeners) listener(step.changed)
      if (step.mustRead) readAgain()
    },
    receiveFreshness(fresh) {
      const board = queries.getQueryData<Board>(boardKey)
      if (!board) return
      const next = applyFreshness(board, fresh, me)
      const updatedAt = queries.getQueryState(boardKey)?.dataUpdatedAt
      if (next) queries.setQueryData(boardKey, next, updatedAt === undefined ? {} : { updatedAt })
      else readAgain()
    },
    onChanged(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    reset() {
      head = 0
      void queries.invalidateQueries({ queryKey: boardKey })
    },
  }
}
