import { readReply, type Arrived, type Reply } from './reply.ts'
import { retryAfterMs } from './retry.ts'
import type { Delivery } from './send.ts'
import { contradictsItself, deniedBy, isServerError, isThrottlingCode, isThrottlingStatus } from './verdict.ts'
import { decode, WrongShape } from './decode.ts'
import { LockAnswerBody, type UpstreamLock } from './wire.ts'

/** What a refusal or a lost answer says of itself. */
interface Told {
  errorCode?: string
  /** The cloud's words, cut to a bounded length. */
  message?: string
  requestId?: string
}

/** Why it is not known what a lock call did. */
export type LostCause = 'timeout' | 'connection' | 'server-error' | 'nonce-used' | 'unreadable' | 'names-nobody'

/** What the answer to the lock call says, before the draft is read back: the rows of the decision about a take. */
export type LockAnswer =
  /** Success that names a holder, who need not be the caller. */
  | { kind: 'granted'; lock: UpstreamLock; requestId?: string }
  /** It did not act: a refusal that is no permission, or a limit. */
  | ({ kind: 'rejected'; throttled: boolean; retryAfterMs?: number } & Told)
  | ({ kind: 'forbidden'; layer: 'ram' | 'namespace-role' } & Told)
  /** It may have acted. */
  | ({ kind: 'lost'; cause: LostCause } & Told)

/** Judges what came of a lock call. Where the answer leaves room, it is lost: only the draft itself can tell then. */
export function judgeLockAnswer(delivery: Delivery): LockAnswer {
  if (!delivery.came) return { kind: 'lost', cause: delivery.how === 'connection' ? 'connection' : 'timeout' }
  const reply = readReply(delivery)
  const told = toldBy(reply)
  const lost = (cause: LostCause): LockAnswer => ({ kind: 'lost', cause, ...told })
  // Codes first: they mean what they say whatever the status beside them.
  if (isThrottlingCode(reply.errorCode)) return rejected(true, delivery, told)
  if (reply.errorCode === 'SignatureNonceUsed') return lost('nonce-used')
  const layer = deniedBy(reply, delivery)
  if (layer !== null) return { kind: 'forbidden', layer, ...told }
  if (isServerError(reply, delivery)) return lost('server-error')
  if (reply.kind === 'envelope' && reply.success) return granted(reply, delivery, lost)
  const isRefusal = reply.kind === 'envelope' || (delivery.status >= 400 && delivery.status < 500)
  return isRefusal ? rejected(isThrottlingStatus(reply, delivery), delivery, told) : lost('unreadable')
}

function granted(
  reply: Reply & { kind: 'envelope' },
  answer: Arrived,
  lost: (cause: LostCause) => LockAnswer,
): LockAnswer {
  if (contradictsItself(reply, answer)) return lost('unreadable')
  try {
    const lock = decode(LockAnswerBody, reply.body, reply.bytes).data
    if (lock === null) return lost('names-nobody')
    return { kind: 'granted', lock, ...(reply.requestId !== undefined && { requestId: reply.requestId }) }
  } catch (fault) {
    if (fault instanceof WrongShape) return lost('unreadable')
    throw fault
  }
}

function rejected(throttled: boolean, answer: Arrived, told: Told): LockAnswer {
  const askedMs = throttled ? retryAfterMs(answer.headers) : undefined
  return { kind: 'rejected', throttled, ...(askedMs !== undefined && { retryAfterMs: askedMs }), ...told }
}

function toldBy({ errorCode, message, requestId }: Reply): Told {
  return {
    ...(errorCode !== undefined && { errorCode }),
    ...(message !== undefined && { message }),
    ...(requestId !== undefined && { requestId }),
  }
}
