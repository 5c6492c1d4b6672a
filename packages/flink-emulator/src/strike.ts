import { draftIdOf, type Tear } from './call.ts'
import { failureAnswer } from './envelope.ts'
import type { Answer, Received, Reply } from './exchange.ts'
import type { Fault, Strike } from './faults.ts'
import { gatewayAnswer, type Trace } from './gateway.ts'
import type { Identity } from './identities.ts'
import { newLock } from './locks.ts'
import type { Route } from './operations.ts'
import { setLock, type World } from './world.ts'

/** What a strike needs to know of the call it hits. */
export interface Target {
  route: Route
  request: Received
  trace: Trace
  identity: Identity
  world: World
  now: number
  /** Carries the call out. */
  act(torn?: Tear): Answer
}

/** Answers one call as the faults that strike it have it. */
export async function answerUnder(strike: Strike, target: Target): Promise<Reply> {
  const early = strike.latencies.filter(fault => fault.late === 'request')
  const late = strike.latencies.filter(fault => fault.late !== 'request')
  if (!(await pause(total(early), strike.deleted, target.request.gone))) return 'cut'
  const { fault } = strike
  const reply = fault === undefined ? target.act() : mishap(fault, target)
  const delay = total(late) + (fault === undefined || throttles(fault) ? 0 : (fault.ms ?? 0))
  if (reply !== 'hang') return (await pause(delay, strike.deleted, target.request.gone)) ? reply : 'cut'
  await pause(Number.POSITIVE_INFINITY, strike.deleted, target.request.gone)
  return 'cut'
}

/** Its `ms` is what the caller is told to wait, not a delay. */
const throttles = (fault: Fault) => fault.kind === 'throttle' || fault.layer === 'gateway'

/** Latency without a number is a second. */
const total = (latencies: readonly Fault[]) => latencies.reduce((sum, fault) => sum + (fault.ms ?? 1000), 0)

/** Waits, at most until the faults are deleted. False: the client has gone meanwhile. */
async function pause(ms: number, deleted: AbortSignal, gone: AbortSignal): Promise<boolean> {
  if (ms > 0 && !deleted.aborted && !gone.aborted) {
    await new Promise<void>(resolve => {
      const timer = Number.isFinite(ms) ? setTimeout(finish, ms) : undefined
      const signals = [deleted, gone]
      for (const signal of signals) signal.addEventListener('abort', finish)
      function finish() {
        clearTimeout(timer)
        for (const signal of signals) signal.removeEventListener('abort', finish)
        resolve()
      }
    })
  }
  return !gone.aborted
}

function mishap(fault: Fault, target: Target): Reply | 'hang' {
  const { trace } = target
  switch (fault.kind) {
    case 'truncated': {
      const answer = target.act()
      const bytes = Buffer.from(answer.body)
      return { ...answer, body: bytes.subarray(0, Math.floor(bytes.length / 2)) }
    }
    case 'torn-page':
      return target.act({ repeat: fault.repeat ?? 1, skip: fault.skip ?? 1, drift: fault.drift ?? 1 })
    case 'afterwards': {
      const answer = target.act()
      passOn(fault, target)
      return answer
    }
    case 'latency':
      return target.act()
  }
  if (fault.acts ?? fault.kind === 'lost-answer') target.act()
  switch (fault.kind) {
    case 'hang':
      return 'hang'
    case 'lost-answer':
      return 'cut'
    case 'throttle':
      return throttled(fault, trace)
    case 'error':
      return gatewayAnswer(
        {
          code: fault.code ?? (fault.status === 503 ? 'ServiceUnavailable' : 'InternalError'),
          message: fault.message ?? 'The request has failed due to some unknown error.',
          status: fault.status ?? 500,
          ...(fault.headers === undefined ? {} : { headers: fault.headers }),
        },
        trace,
      )
    case 'html':
      return {
        status: fault.status ?? 502,
        headers: { 'content-type': 'text/html', ...fault.headers },
        body: fault.body ?? badGatewayPage,
      }
    case 'deny':
      return denied(fault, target)
    case 'answer':
      return {
        status: fault.status ?? 200,
        headers: {
          ...(hasContentType(fault) ? {} : { 'content-type': 'application/json;charset=utf-8' }),
          ...fault.headers,
        },
        body: fault.bodyBase64 === undefined ? (fault.body ?? '') : Buffer.from(fault.bodyBase64, 'base64'),
      }
  }
}

const badGatewayPage = `<!doctype html>
<html><head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>
`

const hasContentType = (fault: Fault) =>
  Object.keys(fault.headers ?? {}).some(name => name.toLowerCase() === 'content-type')

function throttled(fault: Fault, trace: Trace): Answer {
  return gatewayAnswer(
    {
      code: fault.code ?? 'Throttling.User',
      message: fault.message ?? 'Request was denied due to user flow control.',
      status: fault.status ?? 400,
      headers: { ...(fault.ms === undefined ? {} : { 'x-acs-retry-after': String(fault.ms) }), ...fault.headers },
    },
    trace,
  )
}

function denied(fault: Fault, target: Target): Answer {
  if (fault.layer === 'gateway') return throttled(fault, target.trace)
  if (fault.layer === 'namespace-role') return failureAnswer('noRole', target.trace, undefined, fault.status)
  const { identity, route } = target
  return gatewayAnswer(
    {
      code: fault.code ?? 'Forbidden.RAM',
      message:
        fault.message ?? 'User not authorized to operate on the specified resource, or this API does not support RAM.',
      status: fault.status ?? 403,
      more: {
        AccessDeniedDetail: {
          AuthAction: `stream:${route.operation}`,
          AuthPrincipalType: { Account: 'RootUser', RAMUser: 'SubUser', AssumedRoleUser: 'AssumedRoleUser' }[
            identity.type
          ],
          AuthPrincipalOwnerId: identity.accountId,
          AuthPrincipalDisplayName: displayName(identity),
          NoPermissionType: 'ImplicitDeny',
          PolicyType: 'AccountLevelIdentityBasedPolicy',
          EncodedDiagnosticMessage: '',
        },
      },
    },
    target.trace,
  )
}

function displayName(identity: Identity): string {
  if (identity.type === 'Account') return identity.accountId
  return identity.type === 'RAMUser' ? identity.userId : `${identity.roleName}:${identity.sessionName}`
}

function passOn(fault: Fault, target: Target): void {
  const draft = target.world.drafts.get(draftIdOf(target.route, target.request) ?? '')
  if (draft === undefined) return
  const holder = fault.holder ?? null
  setLock(draft, holder === null ? null : newLock(holder), 'director', target.now)
}
