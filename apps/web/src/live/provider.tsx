import type { LockEvent, Me } from '@lockdesk/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
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
  const [isListening, setListening] = useState(false)
  const announceRef = useRef(onChanged)
  announceRef.current = onChanged
  const gathered = useRef({ keys: new Set<string>(), timer: undefined as ReturnType<typeof setTimeout> | undefined })

  const feed = useMemo(
    () =>
      createBoardFeed({
        me,
        queries,
        onChanged(key: string, _event: LockEvent) {
          void queries.invalidateQueries({ queryKey: ['draft', key] })
          const now = gathered.current
          now.keys.add(key)
          now.timer ??= setTimeout(() => {
            announceRef.current(now.keys.size)
            now.keys.clear()
            now.timer = undefined
          }, gatherMs)
        },
      }),
    [me, queries],
  )
  const feedRef = useRef(feed)
  feedRef.current = feed

  const personId = me.person.id
  const streamRef = useRef<ReturnType<typeof shareStream>>(null)
  useEffect(() => {
    const stream = shareStream({
      name: `lockdesk.live.${personId}`,
      onConnection: setConnection,
      onRefused: () => void queries.invalidateQueries({ queryKey: ['me'] }),
      onFrame(frame) {
        if (frame.type === 'lock') feedRef.current.receiveLock(frame.data)
        else if (frame.type === 'freshness') feedRef.current.receiveFreshness(frame.data)
        else if (frame.type === 'reset') feedRef.current.reset()
      },
    })
    streamRef.current = stream
    // Only now is the board read: what other tabs pass on while it is read is not missed.
    setListening(true)
    return () => {
      stream.close()
      setListening(false)
      clearTimeout(gathered.current.timer)
    }
  }, [personId, queries])

  const { data: board } = useQuery({ ...feed.boardQuery, enabled: isListening })
  const cursor = board?.cursor
  useEffect(() => {
    if (cursor !== undefined && isListening) streamRef.current?.start(cursor)
  }, [cursor, isListening])

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
