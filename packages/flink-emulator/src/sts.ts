import type { Call } from './call.ts'
import { jsonAnswer, type Answer } from './exchange.ts'
import type { Identity } from './identities.ts'

/** GetCallerIdentity: who signs. RPC style, so its answer has no envelope. */
export function tellCallerIdentity(call: Call): Answer {
  return jsonAnswer(
    200,
    { ...describe(call.identity), RequestId: call.trace.requestId },
    { 'x-acs-request-id': call.trace.requestId },
  )
}

function describe(identity: Identity): Record<string, string> {
  const { accountId } = identity
  const common = { IdentityType: identity.type, AccountId: accountId }
  switch (identity.type) {
    case 'Account':
      return { ...common, PrincipalId: accountId, UserId: accountId, Arn: `acs:ram::${accountId}:root` }
    case 'RAMUser': {
      const { userId, userName } = identity
      return { ...common, PrincipalId: userId, UserId: userId, Arn: `acs:ram::${accountId}:user/${userName}` }
    }
    case 'AssumedRoleUser': {
      const { roleId, roleName, sessionName } = identity
      return {
        ...common,
        PrincipalId: `${roleId}:${sessionName}`,
        RoleId: roleId,
        Arn: `acs:ram::${accountId}:assumed-role/${roleName}/${sessionName}`,
      }
    }
  }
}
