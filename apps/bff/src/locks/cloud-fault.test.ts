import {
  ClockOff,
  EnvelopeFailure,
  Forbidden,
  GatewayFailure,
  NoAnswer,
  NoCredentials,
  Throttled,
  UnreadableAnswer,
  type UpstreamError,
} from '@lockdesk/flink-client'
import { describe, expect, it } from 'vitest'
import { ProblemError } from '../http/problem.ts'
import { identityUnavailable, unreadableBefore } from './cloud-fault.ts'

const reading = { operation: 'GetDeploymentDraft', status: 400, requestId: 'REQ-1' } as const
const gateway = (errorCode: string, status = 400) => new GatewayFailure({ ...reading, errorCode, status })

const answers = 'Try again when the cloud answers.'
const granted = 'Trying again helps once it is granted.'
const mended = 'Only whoever runs Lockdesk can put that right; trying again helps after that.'
const persists = 'Try again; if it stays so, tell whoever runs Lockdesk.'

const faults: [name: string, fault: Error, step: string][] = [
  ['no permission in RAM', new Forbidden(reading, 'ram'), granted],
  ['no role in the namespace', new Forbidden(reading, 'namespace-role'), granted],
  ['no credential', new NoCredentials(reading, 'LOCKDESK_X is not set'), mended],
  ['a key that the cloud does not know', gateway('InvalidAccessKeyId.NotFound', 404), mended],
  ['a key that is disabled', gateway('InvalidAccessKeyId.Inactive'), mended],
  ['a wrong secret', gateway('SignatureDoesNotMatch'), mended],
  ['a signature that lacks a part', gateway('IncompleteSignature'), mended],
  ['a token that has expired', gateway('InvalidSecurityToken.Expired'), mended],
  ['a wrong clock', new ClockOff(reading, 1_200_000), mended],
  ['a limit', new Throttled(reading, 5_000), 'Try again in a moment.'],
  ['silence', new NoAnswer(reading, 'timeout'), answers],
  ['no connection', new NoAnswer(reading, 'connection', 'ECONNREFUSED'), answers],
  ['a time limit', new DOMException('late', 'TimeoutError'), answers],
  ['a gateway that has nobody behind it', gateway('ServiceUnavailable', 503), answers],
  ['a page of a proxy', new UnreadableAnswer(reading, 'html'), persists],
  ['a refusal', new EnvelopeFailure({ ...reading, errorCode: '990301' }, 200), persists],
  ['a call that the endpoint does not know', gateway('InvalidApi.NotFound', 404), persists],
]

function told(problem: unknown): ProblemError {
  expect(problem).toBeInstanceOf(ProblemError)
  return problem as ProblemError
}

describe('where the draft cannot be read', () => {
  it.each(faults)('for %s the next step is told that helps', (_, fault, step) => {
    const { code, facts } = told(unreadableBefore(fault))
    expect(code).toBe('cloud-unavailable')
    expect(facts.detail).toMatch(/^The draft could not be read before taking it, so nothing was sent/)
    expect(facts.detail).toContain((fault as UpstreamError).title ?? 'The cloud did not answer in time.')
    expect(facts.detail.endsWith(` ${step}`)).toBe(true)
  })
})

describe('where it is not known who signs', () => {
  it.each(faults)('for %s the next step is told that helps', (_, fault, step) => {
    const { code, facts } = told(identityUnavailable(fault))
    expect(code).toBe('cloud-unavailable')
    expect(facts.detail).toContain(` ${step}`)
    // With a key that is refused, knowing its name would help nobody.
    expect(facts.detail.includes('LOCKDESK_HOLDER_IDS')).toBe(step !== mended)
  })
})

it('a fault that is not the cloud’s stays what it is', () => {
  const fault = new TypeError('ours')
  expect(unreadableBefore(fault)).toBe(fault)
  expect(identityUnavailable(fault)).toBe(fault)
})
