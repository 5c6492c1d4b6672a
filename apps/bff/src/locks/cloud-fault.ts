import {
  ClockOff,
  DraftNotFound,
  Forbidden,
  GatewayFailure,
  NoAnswer,
  NoCredentials,
  Throttled,
  UpstreamError,
} from '@lockdesk/flink-client'
import { ProblemError } from '../http/problem.ts'
import * as words from './words.ts'

/** Seconds to wait where the cloud limits the calls and names no time. */
const usualWait = 10

export const waitSeconds = (askedMs: number | undefined): number =>
  askedMs === undefined ? usualWait : Math.max(1, Math.ceil(askedMs / 1000))

/** What is told where the draft could not be read before taking it. A fault that is not the cloud's stays what it is. */
export function unreadableBefore(fault: unknown): unknown {
  if (fault instanceof DraftNotFound) return new ProblemError('draft-gone', { detail: words.draftGone })
  return cloudUnavailable(fault, words.cloudUnavailable)
}

/** What is told where it is not known who signs. */
export function identityUnavailable(fault: unknown): unknown {
  return cloudUnavailable(fault, words.identityUnavailable)
}

function cloudUnavailable(fault: unknown, sentence: (reason: string, cure: words.Cure) => string): unknown {
  if (!(fault instanceof UpstreamError))
    return isTimeout(fault)
      ? new ProblemError('cloud-unavailable', { detail: sentence('The cloud did not answer in time.', 'patience') })
      : fault
  const { requestId, errorCode, title } = fault
  return new ProblemError('cloud-unavailable', {
    detail: sentence(title, cureOf(fault)),
    ...(requestId !== undefined && { requestId }),
    ...(errorCode !== undefined && { errorCode }),
    ...(fault instanceof Throttled && { retryAfterSeconds: waitSeconds(fault.retryAfterMs) }),
  })
}

function cureOf(fault: UpstreamError): words.Cure {
  if (fault instanceof Forbidden) return 'grant'
  if (fault instanceof Throttled) return 'pause'
  if (fault instanceof NoCredentials || fault instanceof ClockOff || isKeyRefused(fault)) return 'repair'
  if (fault instanceof NoAnswer || (fault instanceof GatewayFailure && (fault.status ?? 0) >= 500)) return 'patience'
  return 'unclear'
}

/** The gateway refuses the one who asks, not what was asked for. */
const isKeyRefused = ({ errorCode = '' }: UpstreamError) =>
  /^(InvalidAccessKeyId|InvalidSecurityToken|SignatureDoesNotMatch|IncompleteSignature)/.test(errorCode)

const isTimeout = (fault: unknown) => fault instanceof DOMException && fault.name === 'TimeoutError'
