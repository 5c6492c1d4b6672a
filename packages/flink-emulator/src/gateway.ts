import { jsonAnswer, type Answer } from './exchange.ts'

/** HTTP statuses of the gateway's codes. Official pages contradict each other here, so clients must go by the code. */
const statuses = {
  'InvalidAccessKeyId.NotFound': 404,
  IncompleteSignature: 400,
  SignatureDoesNotMatch: 400,
  SignatureNonceUsed: 400,
  'InvalidTimeStamp.Format': 400,
  'InvalidTimeStamp.Expired': 400,
  /** Invented: the official pages name no code of its own for this. */
  'InvalidContentSha256.Mismatch': 400,
  'InvalidSecurityToken.Expired': 400,
  'InvalidSecurityToken.MismatchWithAccessKey': 400,
  MissingParameter: 400,
  InvalidParameter: 400,
  'InvalidAction.NotFound': 404,
  'InvalidVersion.NotFound': 404,
  UnsupportedHTTPMethod: 400,
  RequestBodyTooLarge: 413,
  'Forbidden.RAM': 403,
  'Throttling.User': 400,
  ServiceUnavailable: 503,
  InternalError: 500,
} as const
export type GatewayCode = keyof typeof statuses

/** The gateway refuses: the product behind it never sees the call. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly code: GatewayCode
  constructor(code: GatewayCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Where an answer was made, and under which number. */
export interface Trace {
  requestId: string
  hostId: string
}

export interface GatewayFault {
  code: string
  message: string
  status?: number
  headers?: Record<string, string>
  /** Beside the four members that every gateway error has. */
  more?: Record<string, unknown>
}

/** A gateway error in the gateway's own spelling: PascalCase, without an envelope. */
export function gatewayAnswer(fault: GatewayFault, trace: Trace): Answer {
  return jsonAnswer(
    fault.status ?? statusOf(fault.code),
    { RequestId: trace.requestId, HostId: trace.hostId, Code: fault.code, Message: fault.message, ...fault.more },
    { 'x-acs-request-id': trace.requestId, ...fault.headers },
  )
}

function statusOf(code: string): number {
  return isGatewayCode(code) ? statuses[code] : 400
}

const isGatewayCode = (code: string): code is GatewayCode => Object.hasOwn(statuses, code)
