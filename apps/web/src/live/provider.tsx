import type { Me } from '@lockdesk/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useLatest } from '../ui/latest.ts'
import { createBoardFeed, type BoardFeed } from './board-feed.ts'
import type { Connection } from './follow-stream.ts'
import { shareStream } from './share-stream.ts'

interface Live {
  feed: BoardFeed
  connection: Connection
  me: Me
}

const LiveContext = createContext<Live | null>(null)

function useLive(): Live {
  const live = use(LiveContext)
  if (!live) throw new Error('the board is only there below LiveProvider')
  return live
}

export interface LiveProviderProps {
  me: Me
  /** Rows changed before the viewer's eyes, a moment ago: how many, gathered. */
  onChanged(count: number): void
  children: ReactNode
}

/** Changes within this time are announced as one. */
const gatherMs = 2_500

/** Keeps the board of the signed-in person alive, in step with every other tab. */
export function LiveProvider({ me, onChanged, children }: LiveProviderProps) {
  const queries = useQueryClient()
  const [connection, setConnection] = useState<Connection>('connecting')
  const feed = useMemo(() => createBoardFeed({ me, queries }), [me, queries])
  const latestFeed = useLatest(feed)

  const personId = me.person.id
  const streamRef = useRef<ReturnType<typeof shareStream>>(null)
  useEffect(() => {
    const stream = shareStream({
      name: `lockdesk.live.${personId}`,
      onConnection: setConnection,
      onRefused: () => void queries.invalidateQueries({ queryKey: ['me'] }),
      onFrame(frame) {
        if (frame.type === 'lock') latestFeed.current.receiveLock(frame.data)
        else if (frame.type === 'freshness') latestFeed.current.receiveFreshness(frame.data)
        else if (frame.type === 'reset') latestFeed.current.reset()
      },
    })
    streamRef.current = stream
    return () => stream.close()
  }, [personId, queries, latestFeed])

  // Stands below the effect on purpose: it runs after it, so that what other tabs pass on while the board is read is heard.
  const { data: board } = useQuery(feed.boardQuery)
  const cursor = board?.cursor
  useEffect(() => {
    if (cursor !== undefined) streamRef.current?.start(cursor)
  }, [cursor])

  const announce = useLatest(onChanged)
  useEffect(() => {
    const keys = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = feed.onChanged(key => {
      void queries.invalidateQueries({ queryKey: ['draft', key] })
      keys.add(key)
      timer ??= setTimeout(() => {
        announce.current(keys.size)
        keys.clear()
        timer = undefined
      }, gatherMs)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [feed, queries, announce])

  const live = useMemo(() => ({ feed, connection, me }), [feed, connection, me])
  return <LiveContext value={live}>{children}</LiveContext>
}

/** The board, alive. */
export function useBoard() {
  return useQuery({ ...useLive().feed.boardQuery, enabled: false })
}

/** How the stream is doing. */
export function useConnection(): Connection {
  return useLive().connection
}

/** Who looks: never undefined below the provider. */
export function useViewer(): Me {
  return useLive().me
}

/** Asks for the board to be read again, soon. */
export function useReadBoardAgain(): () => void {
  return useLive().feed.readAgain
}
