import { randomUUID } from 'node:crypto'
import { acts } from './acts.ts'
import type { Call, Tear } from './call.ts'
import type { CallCounter } from './calls.ts'
import { BusinessError, failureAnswer } from './envelope.ts'
import { header, type Answer, type Received, type Reply } from './exchange.ts'
import type { Faults } from './faults.ts'
import { gatewayAnswer, GatewayError, type Trace } from './gateway.ts'
import { holderOf, type AccessKey } from './identities.ts'
import type { NonceMemory } from './nonces.ts'
import { checkRoute, findRoute } from './operations.ts'
import { answerUnder } from './strike.ts'
import type { Switches } from './switches.ts'
import { parseAuthorization, verifySignature } from './verify-signature.ts'
import type { World } from './world.ts'

/** Everything the cloud is made of; world and switches may be exchanged while it runs. */
export interface CloudState {
  world: World
  switches: Switches
  readonly keys: ReadonlyMap<string, AccessKey>
  readonly calls: CallCounter
  readonly faults: Faults
  readonly nonces: NonceMemory
  now(): number
}

/**
 * Answers one request as the cloud would: known key, count, signature, operation, faults, act.
 * A forged request strikes no fault and changes nothing.
 */
export async function answerRequest(state: CloudState, request: Received): Promise<Reply> {
  const trace: Trace = { requestId: randomUUID().toUpperCase(), hostId: header(request, 'host') ?? '' }
  try {
    const authorization = parseAuthorization(request)
    const key = state.keys.get(authorization.accessKeyId)
    if (key === undefined) {
      throw new GatewayError('InvalidAccessKeyId.NotFound', 'The specified access key does not exist.')
    }
    const route = findRoute(request)
    if (route !== undefined) state.calls.count(key.accessKeyId, route.operation)
    verifySignature(request, authorization, key, state.nonces, state.now())
    checkRoute(request, route)
    const { identity } = key
    const act = (torn?: Tear) => {
      const caller = holderOf(identity, state.switches.roleSessionHolderFormat)
      const { world, switches } = state
      return carryOut({
        route,
        request,
        trace,
        world,
        switches,
        identity,
        caller,
        now: state.now(),
        ...(torn && { torn }),
      })
    }
    const strike = state.faults.draw(route, request, key.accessKeyId)
    return await answerUnder(strike, { route, request, trace, identity, world: state.world, now: state.now(), act })
  } catch (error) {
    if (error instanceof GatewayError) return gatewayAnswer(error, trace)
    throw error
  }
}

function carryOut(call: Call): Answer {
  try {
    return acts[call.route.operation](call)
  } catch (error) {
    if (error instanceof BusinessError) return failureAnswer(error.code, call.trace, error.data)
    if (error instanceof GatewayError) return gatewayAnswer(error, call.trace)
    throw error
  }
}
