import type { z } from 'zod'
import type { Exchange } from './exchange.ts'
import { stsVersion, type CallOptions } from './operations.ts'
import { CallerIdentityBody } from './wire.ts'

/** Who signs. */
export interface CallerIdentity {
  /** `Account`, `RAMUser`, `AssumedRoleUser`, or whatever comes after them. */
  type: string
  arn: string
  /** For people: user name, `role/session`, or the account. Never to be compared. */
  name: string
  /** Every id by which the cloud may name this identity as the holder of a lock. */
  candidateIds: string[]
  /** The holder id is known for sure; for a role nobody documents which of its ids it is. */
  certain: boolean
}

export interface IdentityReader {
  /** Asks STS; needs no permission. */
  whoAmI(options: CallOptions): Promise<CallerIdentity>
}

const largestBodyBytes = 64 * 1024

export function createIdentityReader(exchange: Exchange): IdentityReader {
  return {
    async whoAmI(options) {
      const { value } = await exchange.read(
        {
          operation: 'GetCallerIdentity',
          version: stsVersion,
          // RPC: no path, and nothing but the action's header says which call it is.
          method: 'POST',
          segments: [],
          query: {},
          bodyLimitBytes: largestBodyBytes,
          answersIn: 'plain',
          schema: CallerIdentityBody,
          misfit: identity => (identityOf(identity).candidateIds.length === 0 ? 'PrincipalId' : null),
        },
        options,
      )
      return identityOf(value)
    },
  }
}

/** Which ids stand for an identity goes by its type: an answer may hold a role's id beside a user's. */
export function identityOf(body: z.infer<typeof CallerIdentityBody>): CallerIdentity {
  const type = body.IdentityType ?? ''
  const arn = body.Arn ?? ''
  const session = body.PrincipalId?.split(':')[1]
  const ids = {
    Account: [body.UserId, body.AccountId, body.PrincipalId],
    RAMUser: [body.UserId, body.PrincipalId],
    AssumedRoleUser: [body.RoleId, body.PrincipalId, session, body.UserId],
  }
  const isKnown = (name: string): name is keyof typeof ids => Object.hasOwn(ids, name)
  const candidates = isKnown(type) ? ids[type] : [body.UserId, body.RoleId, body.PrincipalId, session]
  const candidateIds = [...new Set(candidates.flatMap(id => (id ? [id] : [])))]
  return {
    type,
    arn,
    name: nameIn(arn) ?? body.AccountId ?? candidateIds[0] ?? '',
    candidateIds,
    certain: (type === 'Account' || type === 'RAMUser') && candidateIds.length > 0,
  }
}

/** `acs:ram::1234:user/lin` is `lin`, `…:assumed-role/desk/lin` is `desk/lin`; the account itself has no name. */
function nameIn(arn: string): string | null {
  return /^acs:ram:[^:]*:[^:]*:(?:user|assumed-role|role)\/(.+)$/.exec(arn)?.[1] ?? null
}
