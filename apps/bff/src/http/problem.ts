import type { Problem, ProblemCode, TakeOutcome } from '@lockdesk/contract'

const statusOf = {
  'bad-request': 400,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'no-right': 403,
  'policy-hard': 403,
  'password-change-needed': 403,
  'foreign-origin': 403,
  'not-found': 404,
  'draft-gone': 404,
  'method-not-allowed': 405,
  'holder-changed': 409,
  'take-pending': 409,
  'held-by-other': 409,
  'too-large': 413,
  'unsupported-type': 415,
  'too-many': 429,
  refused: 403,
  throttled: 503,
  'cloud-unavailable': 503,
  'ledger-unavailable': 503,
  unknown: 504,
  internal: 500,
} as const satisfies Record<ProblemCode, number>

export type ProblemStatus = (typeof statusOf)[ProblemCode]

export interface ProblemFacts {
  /** A sentence for a person: what happened, what it means, what to do next. Never an internal message. */
  detail: string
  errors?: { path: string; message: string }[]
  requestId?: string
  errorCode?: string
  /** The right that is missing. */
  right?: string
  /** Sent as `Retry-After`, in whole seconds. */
  retryAfterSeconds?: number
  outcome?: TakeOutcome
  /** For 405: the methods that exist. */
  allow?: string
}

/** A failure that the caller is told as an RFC 9457 problem. Thrown anywhere, answered in one place. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly facts: ProblemFacts

  constructor(code: ProblemCode, facts: ProblemFacts) {
    super(`${code}: ${facts.detail}`)
    this.name = 'ProblemError'
    this.code = code
    this.facts = facts
  }

  get status(): ProblemStatus {
    return statusOf[this.code]
  }
}

const titles: Record<ProblemCode, string> = {
  'bad-request': 'The request cannot be read',
  'not-signed-in': 'Not signed in',
  'wrong-credentials': 'E-mail or password is wrong',
  'no-right': 'No right to do this',
  'policy-hard': 'Only an admin may take over here',
  'password-change-needed': 'The password must be changed first',
  'foreign-origin': 'The request came from another site',
  'not-found': 'Not found',
  'draft-gone': 'The draft does not exist',
  'method-not-allowed': 'This method does not exist here',
  'holder-changed': 'The holder changed meanwhile',
  'take-pending': 'A take of this draft is not settled yet',
  'held-by-other': 'Somebody else holds the lock',
  'too-large': 'The request is too large',
  'unsupported-type': 'The content type is not supported',
  'too-many': 'Too many requests',
  refused: 'The cloud refused',
  throttled: 'The cloud limits the calls',
  'cloud-unavailable': 'The cloud cannot be asked',
  'ledger-unavailable': 'The ledger cannot be written',
  unknown: 'Not known yet',
  internal: 'Something went wrong in Lockdesk',
}

/** The body of the answer. */
export function problemBody(error: ProblemError): Problem {
  const { detail, errors, requestId, errorCode, right, outcome } = error.facts
  return {
    type: `urn:lockdesk:problem:${error.code}`,
    title: titles[error.code],
    status: error.status,
    code: error.code,
    detail,
    ...(errors && { errors }),
    ...(errorCode && { errorCode }),
    ...(right && { right }),
    ...outcome,
    ...(requestId && { requestId }),
  }
}
