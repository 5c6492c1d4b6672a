import type { Switches } from './switches.ts'
import type { Holder } from './world.ts'

/** Who signs with a key. */
export type Identity =
  | { type: 'Account'; accountId: string; name: string }
  | { type: 'RAMUser'; accountId: string; userId: string; userName: string }
  | { type: 'AssumedRoleUser'; accountId: string; roleId: string; roleName: string; sessionName: string }

/** An access key that the emulated cloud knows. */
export interface AccessKey {
  accessKeyId: string
  accessKeySecret: string
  /** Only with this token is a temporary key worth anything. */
  securityToken?: string
  /** When a temporary key ends, epoch milliseconds. */
  expiresAt?: number
  identity: Identity
}

const accountId = '1399710082556107'

/** The key of the demo. */
export const demoKey: AccessKey = {
  accessKeyId: 'LTAI5tLockdeskDemo',
  accessKeySecret: 'lockdesk-demo-secret',
  identity: { type: 'RAMUser', accountId, userId: '271828182845904523', userName: 'svc-lockdesk' },
}

/** A second service account, for whoever needs two who compete. */
export const otherKey: AccessKey = {
  accessKeyId: 'LTAI5tLockdeskOther',
  accessKeySecret: 'lockdesk-other-secret',
  identity: { type: 'RAMUser', accountId, userId: '314159265358979323', userName: 'svc-other-desk' },
}

/** A session of a role. What the cloud calls such a holder nobody has seen: a switch chooses. */
export const roleKey: AccessKey = {
  accessKeyId: 'STS.LockdeskRole',
  accessKeySecret: 'lockdesk-role-secret',
  securityToken: 'lockdesk-role-token',
  identity: {
    type: 'AssumedRoleUser',
    accountId,
    roleId: '344584339364951186',
    roleName: 'lockdesk-service',
    sessionName: 'lockdesk',
  },
}

export const builtInKeys: readonly AccessKey[] = [demoKey, otherKey, roleKey]

/** As whom the console and every lock show an identity. */
export function holderOf(identity: Identity, format: Switches['roleSessionHolderFormat']): Holder {
  if (identity.type === 'Account') return { id: identity.accountId, name: identity.name }
  if (identity.type === 'RAMUser') return { id: identity.userId, name: identity.userName }
  const { roleId, roleName, sessionName } = identity
  switch (format) {
    case 'roleId':
      return { id: roleId, name: roleName }
    case 'session':
      return { id: sessionName, name: sessionName }
    case 'platformId':
      return { id: `8${roleId.slice(0, 8)}${sessionName.length}`, name: `${roleName}/${sessionName}` }
    case 'principalId':
      return { id: `${roleId}:${sessionName}`, name: `${roleName}/${sessionName}` }
  }
}
