import type { Operation } from './operations.ts'

/** What is known about a failed call. Texts are the cloud's, cut to a bounded length; never a body, never a page. */
export interface UpstreamFacts {
  operation: Operation
  requestId?: string | undefined
  /** HTTP status. */
  status?: number | undefined
  /** `Code` of the gateway, or `errorCode` of the envelope. */
  errorCode?: string | undefined
  upstreamMessage?: string | undefined
}

/** A call to the cloud that gave no usable answer. `title` is a sentence for a person. */
export class UpstreamError extends Error {
  override readonly name: string = 'UpstreamError'
  readonly operation: Operation
  readonly title: string
  readonly requestId: string | undefined
  readonly status: number | undefined
  readonly errorCode: string | undefined
  readonly upstreamMessage: string | undefined
  constructor(title: string, facts: UpstreamFacts) {
    super(`${facts.operation}: ${title}`)
    this.title = title
    this.operation = facts.operation
    this.requestId = facts.requestId
    this.status = facts.status
    this.errorCode = facts.errorCode
    this.upstreamMessage = facts.upstreamMessage
  }
}

/** Too many calls. `retryAfterMs`: what the cloud asked for, capped; undefined where it named no usable time. */
export class Throttled extends UpstreamError {
  override readonly name = 'Throttled'
  readonly retryAfterMs: number | undefined
  constructor(facts: UpstreamFacts, retryAfterMs: number | undefined) {
    super('The cloud limits how often it may be asked. Lockdesk waits and asks again.', facts)
    this.retryAfterMs = retryAfterMs
  }
}

/** A permission is missing: in the RAM policy, or of the role in the namespace. */
export class Forbidden extends UpstreamError {
  override readonly name = 'Forbidden'
  readonly layer: 'ram' | 'namespace-role'
  constructor(facts: UpstreamFacts, layer: 'ram' | 'namespace-role') {
    super(
      layer === 'ram'
        ? 'The RAM policy of the credential does not allow this call. Whoever manages RAM can grant it.'
        : 'The credential has no sufficient role in the namespace. An owner of the namespace can grant it.',
      facts,
    )
    this.layer = layer
  }
}

/** The cloud answered `success: false` to reading one draft: it knows none by that id. */
export class DraftNotFound extends UpstreamError {
  override readonly name = 'DraftNotFound'
  readonly draftId: string
  constructor(facts: UpstreamFacts, draftId: string) {
    super('The cloud knows no such draft.', facts)
    this.draftId = draftId
  }
}

/** `success: false` in the product's envelope, on whatever HTTP status. */
export class EnvelopeFailure extends UpstreamError {
  override readonly name = 'EnvelopeFailure'
  /** Status as the envelope tells it; it may differ from the HTTP one. */
  readonly httpCode: number | undefined
  constructor(facts: UpstreamFacts, httpCode: number | undefined) {
    super(`The cloud refused the call${facts.errorCode === undefined ? '' : ` (${facts.errorCode})`}.`, facts)
    this.httpCode = httpCode
  }
}

const gatewayTitles: readonly [code: string, title: string][] = [
  ['InvalidAccessKeyId.Inactive', 'The access key is disabled.'],
  ['InvalidAccessKeyId', 'The cloud does not know the access key.'],
  ['SignatureDoesNotMatch', 'The cloud refuses the signature: the secret does not belong to the access key.'],
  ['InvalidSecurityToken.Expired', 'The temporary credential has expired.'],
  ['InvalidSecurityToken', 'The cloud does not accept the security token.'],
  ['SignatureNonceUsed', 'The request reached the cloud twice: something on the way repeats it.'],
  ['InvalidApi.NotFound', 'The endpoint does not know this call.'],
  ['InvalidProduct.NotFound', 'The endpoint belongs to another product.'],
]

/** An error of the gateway, before the product saw the call; or a 4xx or 5xx that does not say more. */
export class GatewayFailure extends UpstreamError {
  override readonly name = 'GatewayFailure'
  constructor(facts: UpstreamFacts) {
    const known = gatewayTitles.find(([code]) => facts.errorCode?.startsWith(code))?.[1]
    super(
      known ?? `The cloud answered ${facts.errorCode ?? ''} (${facts.status ?? 'no status'}).`.replace('  ', ' '),
      facts,
    )
  }
}

/** The cloud refuses the request's time. */
export class ClockOff extends UpstreamError {
  override readonly name = 'ClockOff'
  /** How far the clock here is ahead of the cloud's, in ms to within a second or so; undefined where the cloud told no time. */
  readonly offsetMs: number | undefined
  constructor(facts: UpstreamFacts, offsetMs: number | undefined) {
    super(clockSentence(offsetMs), facts)
    this.offsetMs = offsetMs
  }
}

function clockSentence(offsetMs: number | undefined): string {
  if (offsetMs === undefined) return 'The cloud refuses the time of the request: set the clock of this machine.'
  const seconds = Math.round(Math.abs(offsetMs) / 1000)
  const amount = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
  if (seconds < 60) return `The cloud refuses the time of the request, though the clocks differ by ${amount} only.`
  return `The clock of this machine is ${amount} ${offsetMs > 0 ? 'ahead of' : 'behind'} the cloud's: set it right.`
}

/** Why an answer could not be read. */
export type Unreadable =
  | 'html' // a page of a proxy or a load balancer
  | 'empty'
  | 'not-json'
  | 'not-utf8'
  | 'cut-off' // the connection ended within the body
  | 'too-large'
  | 'encoded' // compressed, though nobody asked
  | 'redirect' // never followed: the request is signed for one host
  | 'contradiction' // `success: true` around a status that says otherwise
  | 'wrong-shape' // JSON, but not what the call answers with

const unreadableTitles: Record<Unreadable, string> = {
  html: 'A web page came instead of an answer: something between Lockdesk and the cloud is in the way.',
  empty: 'The answer was empty.',
  'not-json': 'The answer was not JSON, or broke off.',
  'not-utf8': 'The answer was not UTF-8 text.',
  'cut-off': 'The connection ended in the middle of the answer.',
  'too-large': 'The answer was larger than any this call has.',
  encoded: 'The answer was compressed, which was not asked for.',
  redirect: 'The endpoint sent Lockdesk elsewhere; signed calls do not follow.',
  contradiction: 'The answer contradicts itself.',
  'wrong-shape': 'The answer is not what this call answers with.',
}

/** Something answered, but not what the call answers with. */
export class UnreadableAnswer extends UpstreamError {
  override readonly name = 'UnreadableAnswer'
  readonly how: Unreadable
  /** Where in the answer, for `wrong-shape`: field names and positions, no values. */
  readonly where: string | undefined
  constructor(facts: UpstreamFacts, how: Unreadable, where?: string) {
    super(unreadableTitles[how], facts)
    this.how = how
    this.where = where
  }
}

/** Nothing came back. `code` is the system's or the HTTP library's word for it, such as `ECONNREFUSED`. */
export class NoAnswer extends UpstreamError {
  override readonly name = 'NoAnswer'
  readonly how: 'timeout' | 'connection'
  readonly code: string | undefined
  constructor(facts: UpstreamFacts, how: 'timeout' | 'connection', code?: string) {
    super(
      how === 'timeout' ? 'The cloud did not answer in time.' : 'The connection to the cloud failed or was refused.',
      facts,
    )
    this.how = how
    this.code = code
  }
}

/** There is no usable credential, so nothing was sent. */
export class NoCredentials extends UpstreamError {
  override readonly name = 'NoCredentials'
  /** For the log: names settings, files and profiles, which are nobody's business on a page. Never a value of them. */
  readonly why: string
  constructor(facts: UpstreamFacts, why: string) {
    super(
      'Lockdesk has no usable credential for the cloud at the moment. Whoever runs it finds the reason in its log.',
      facts,
    )
    this.why = why
  }
}

/** An id or a name that no request can carry (empty, `.`, `..`, or half a character), so nothing was sent. */
export class Unsendable extends UpstreamError {
  override readonly name = 'Unsendable'
  constructor(facts: UpstreamFacts) {
    super('The name of the namespace, or the id, is not one the cloud can have.', facts)
  }
}
