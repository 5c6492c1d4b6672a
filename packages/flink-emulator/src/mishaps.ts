import { draftIdOf, type Tear } from './call.ts'
import { failureAnswer } from './envelope.ts'
import type { Answer, Received, Reply } from './exchange.ts'
import type { Fault } from './faults.ts'
import { gatewayAnswer, type Trace } from './gateway.ts'
import type { Identity } from './identities.ts'
import { newLock } from './locks.ts'
import type { Route } from './operations.ts'
import { setLock, type World } from './world.ts'

/** The call that a fault strikes. */
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

type Mishap = (fault: Fault, target: Target) => Reply | 'hang'

/** What becomes of a call under each kind of fault; `Fault` tells it in words. */
export const mishaps: Readonly<Record<Fault['kind'], Mishap>> = {
  latency: (_fault, target) => target.act(),
  throttle: mayAct(false, (fault, { trace }) => throttled(fault, trace)),
  error: mayAct(false, (fault, { trace }) => gatewayError(fault, trace)),
  html: mayAct(false, badGatewayPage),
  hang: mayAct(false, () => 'hang'),
  'lost-answer': mayAct(true, () => 'cut'),
  deny: mayAct(false, denied),
  answer: mayAct(false, givenAnswer),
  truncated: (_fault, target) => {
    const answer = target.act()
    const bytes = Buffer.from(answer.body)
    return { ...answer, body: bytes.subarray(0, Math.floor(bytes.length / 2)) }
  },
  'torn-page': (fault, target) =>
    target.act({ repeat: fault.repeat ?? 1, skip: fault.skip ?? 1, drift: fault.drift ?? 1 }),
  afterwards: (fault, target) => {
    const answer = target.act()
    passOn(fault, target)
    return answer
  },
}

/** Acts first where the fault says so; `byDefault` counts where it says nothing. What acting answers is thrown away. */
function mayAct(byDefault: boolean, mishap: Mishap): Mishap {
  return (fault, target) => {
    if (fault.acts ?? byDefault) target.act()
    return mishap(fault, target)
  }
}

function gatewayError(fault: Fault, trace: Trace): Answer {
  return gatewayAnswer(
    {
      code: fault.code ?? (fault.status === 503 ? 'ServiceUnavailable' : 'InternalError'),
      message: fault.message ?? 'The request has failed due to some unknown error.',
      status: fault.status ?? 500,
      headers: fault.headers ?? {},
    },
    trace,
  )
}

function badGatewayPage(fault: Fault): Answer {
  const page = `<!doctype html>
<html><head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>
`
  const headers = { 'content-type': 'text/html', ...fault.headers }
  return { status: fault.status ?? 502, headers, body: fault.body ?? page }
}

function givenAnswer(fault: Fault): Answer {
  const named = Object.keys(fault.headers ?? {}).some(name => name.toLowerCase() === 'content-type')
  return {
    status: fault.status ?? 200,
    headers: { ...(named ? {} : { 'content-type': 'application/json;charset=utf-8' }), ...fault.headers },
    body: fault.bodyBase64 === undefined ? (fault.body ?? '') : Buffer.from(fault.bodyBase64, 'base64'),
  }
}

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
