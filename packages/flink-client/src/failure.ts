import {
  ClockOff,
  EnvelopeFailure,
  Forbidden,
  GatewayFailure,
  NoAnswer,
  Throttled,
  UnreadableAnswer,
  type UpstreamError,
  type UpstreamFacts,
} from './errors.ts'
import type { ReadOperation } from './operations.ts'
import type { Arrived, Reply } from './reply.ts'
import { retryAfterMs } from './retry.ts'
import {
  clockOffsetMs,
  contradictsItself,
  deniedBy,
  isServerError,
  isThrottlingCode,
  isThrottlingStatus,
} from './verdict.ts'

/** What of an answer may go into an error. */
export function factsOf(operation: ReadOperation, reply: Reply, answer: Arrived): UpstreamFacts {
  return {
    operation,
    status: answer.status,
    requestId: reply.requestId,
    errorCode: reply.errorCode,
    upstreamMessage: reply.message,
  }
}

/** The error that an answer to a read stands for, or null where it has what was asked. */
export function failureOf(operation: ReadOperation, reply: Reply, answer: Arrived): UpstreamError | null {
  const facts = factsOf(operation, reply, answer)
  if (isThrottlingCode(reply.errorCode)) return new Throttled(facts, retryAfterMs(answer.headers))
  const layer = deniedBy(reply, answer)
  if (layer !== null) return new Forbidden(facts, layer)
  if (reply.errorCode?.startsWith('InvalidTimeStamp')) return new ClockOff(facts, clockOffsetMs(answer))
  if (isThrottlingStatus(reply, answer)) return new Throttled(facts, retryAfterMs(answer.headers))
  switch (reply.kind) {
    case 'unreadable':
      return new UnreadableAnswer(facts, reply.how)
    case 'gateway-error':
      return new GatewayFailure(facts)
    case 'plain':
      return answer.status < 400 ? null : new GatewayFailure(facts)
    case 'envelope':
      if (!reply.success) return new EnvelopeFailure(facts, reply.httpCode)
      if (answer.status >= 500) return new GatewayFailure(facts)
      return contradictsItself(reply, answer) ? new UnreadableAnswer(facts, 'contradiction') : null
  }
}

/** Whether asking again may help: a limit, a lost connection, a 5xx, a nonce that something on the way used up. */
export function mayPass(error: UpstreamError, reply: Reply | null, answer: Arrived | null): boolean {
  if (error instanceof Throttled) return true
  if (error instanceof NoAnswer) return error.how === 'connection'
  if (error.errorCode === 'SignatureNonceUsed') return true
  return reply !== null && answer !== null && !(error instanceof Forbidden) && isServerError(reply, answer)
}
