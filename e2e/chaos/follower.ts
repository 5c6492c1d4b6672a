import { type IncomingMessage, get } from 'node:http'
import type { Board, Freshness, LockEvent, Me } from '@lockdesk/contract'
import { applyFreshness, applyLockEvent } from '@lockdesk/web/reduce'
import type { Sessions } from './people.ts'
import type { Replica } from './replica.ts'

/** Somebody who looks, and only looks: reads the board once, then lays onto it what the stream tells, over every death and every replica. */
export interface Follower {
  /** Resolves when the stream has told everything up to this number. @throws after `patienceMs` */
  reached(number: number, patienceMs: number): Promise<void>
  board(): Board | null
  /** How often the stream asked for the board to be read again. */
  readAgain(): number
  stop(): void
}

const retryMs = 100
/** Greetings and heartbeats change nothing. */
const heard = new Set(['lock', 'freshness', 'reset'])

export function follow(options: {
  replicas: readonly Replica[]
  sessions: Sessions
  chooseFrom<T>(from: readonly T[]): T
  onFreshness(fresh: Freshness): void
}): Follower {
  const { replicas, sessions } = options
  let board: Board | null = null
  let me: Me | null = null
  let head = 0
  let lastId: string | undefined
  let isOver = false
  let rereads = 0
  let open: IncomingMessage | null = null

  async function readBoard(replica: Replica): Promise<void> {
    const api = await sessions.of(replica, 'vi')
    me = (await api.get<Me>('/api/me')).body
    const { status, body } = await api.get<Board>('/api/board')
    if (status !== 200) throw new Error(`the board answered ${status}`)
    for (const namespace of body.namespaces) options.onFreshness(namespace)
    board = body
    lastId ??= body.cursor
  }

  async function hear(replica: Replica, event: string, id: string | undefined, data: string): Promise<void> {
    if (id !== undefined) lastId = id
    if (!heard.has(event) || board === null || me === null) return
    if (event === 'reset') head = 0
    const next = event === 'reset' ? null : event === 'freshness' ? heardFreshness(data, me) : heardLock(data, me)
    if (next !== null) return void (board = next)
    rereads += 1
    await readBoard(replica)
  }

  /** @returns the board after it, or null where it must be read again */
  function heardFreshness(data: string, of: Me): Board | null {
    const fresh = JSON.parse(data) as Freshness
    options.onFreshness(fresh)
    return board && (applyFreshness(board, fresh, of) ?? null)
  }

  function heardLock(data: string, of: Me): Board | null {
    if (board === null) return null
    const { next, mustRead } = applyLockEvent({ board, head }, JSON.parse(data) as LockEvent, of)
    head = next.head
    return mustRead ? null : next.board
  }

  async function listen(replica: Replica): Promise<void> {
    if (board === null) await readBoard(replica)
    const cookie = (await sessions.of(replica, 'vi')).cookie
    const headers = { cookie, accept: 'text/event-stream', ...(lastId !== undefined && { 'last-event-id': lastId }) }
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${replica.url}/api/live`, { headers, agent: false }, resolve).once('error', reject)
    })
    if (answer.statusCode !== 200) return void answer.destroy()
    open = answer
    let rest = ''
    for await (const part of answer.setEncoding('utf8')) {
      const frames = `${rest}${part as string}`.split('\n\n')
      rest = frames.pop() ?? ''
      for (const frame of frames) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1]
        await hear(replica, field('event') ?? '', field('id'), field('data') ?? '')
      }
    }
  }

  const run = async () => {
    while (!isOver) {
      const up = replicas.filter(replica => replica.isUp())
      if (up.length > 0) await listen(options.chooseFrom(up)).catch(() => {})
      open = null
      await new Promise(resolve => setTimeout(resolve, retryMs))
    }
  }
  void run()

  return {
    async reached(number, patienceMs) {
      for (const until = Date.now() + patienceMs; head < number;) {
        if (Date.now() > until) throw new Error(`the stream has come to ${head}, not to ${number}`)
        await new Promise(resolve => setTimeout(resolve, 50))
      }
    },
    board: () => board,
    readAgain: () => rereads,
    stop() {
      isOver = true
      open?.destroy()
    },
  }
}
