import type { ReadingFault } from '@lockdesk/contract'
import { messages } from '../i18n/messages.ts'

/** Why the cloud could not be read, what it means and who can mend it. */
export const readingFaults = messages<Record<ReadingFault, string>>(
  {
    'forbidden-ram':
      'The RAM policy of Lockdesk’s credential does not allow reading drafts. An administrator of the Alibaba Cloud account can grant it.',
    'forbidden-role':
      'Lockdesk’s credential has no sufficient role in the namespace. An owner of the namespace can grant it.',
    credential: 'The cloud does not accept Lockdesk’s credential. Whoever runs Lockdesk can renew it.',
    'clock-off': 'The cloud refuses the time of Lockdesk’s requests. Whoever runs Lockdesk can set the server’s clock.',
    throttled: 'The cloud limits how often it may be asked. Lockdesk waits and asks again.',
    'no-answer': 'The cloud does not answer. Lockdesk keeps asking.',
    unreadable: 'The cloud’s answer could not be understood. Lockdesk keeps asking.',
    refused: 'The cloud refused and did not say that a permission is missing.',
    torn: 'The pages of the list did not fit together. Lockdesk reads them again.',
    'list-without-locks':
      'The cloud’s lists do not tell who holds a draft. Lockdesk reads those most likely to be held one by one, so a lock may be shown late.',
  },
  {
    'forbidden-ram': 'Lockdesk 所用凭证的 RAM 策略不允许读取草稿，可由阿里云账号管理员授权。',
    'forbidden-role': 'Lockdesk 所用凭证在该命名空间中的角色权限不足，可由命名空间的所有者授予。',
    credential: '云端不接受 Lockdesk 的访问凭证，请由 Lockdesk 的运维人员更换。',
    'clock-off': '云端不接受 Lockdesk 请求的时间，请由 Lockdesk 的运维人员校准服务器时钟。',
    throttled: '云端正在限流，Lockdesk 会稍候再读取。',
    'no-answer': '云端没有应答，Lockdesk 会继续尝试。',
    unreadable: '云端的应答无法识别，Lockdesk 会继续尝试。',
    refused: '云端拒绝了读取，也没有说明缺少哪项权限。',
    torn: '列表的各页对不上，Lockdesk 会重新读取。',
    'list-without-locks':
      '云端的列表不显示由谁锁定草稿。Lockdesk 会逐个读取最可能被锁定的草稿，因此锁的显示可能有延迟。',
  },
)

const causes: readonly [code: RegExp, cause: ReadingFault][] = [
  [/^(Forbidden(\.RAM)?|NoPermission)$/, 'forbidden-ram'],
  [/^(InvalidAccessKeyId|InvalidSecurityToken|SignatureDoesNotMatch|IncompleteSignature)/, 'credential'],
  [/^(InvalidTimeStamp|IllegalTimestamp)/i, 'clock-off'],
  [/Throttling|^FlowControl/, 'throttled'],
]

/** What one of the cloud's own error codes means; undefined where the code alone does not tell. */
export function faultOfCode(errorCode: string | undefined): ReadingFault | undefined {
  return errorCode === undefined ? undefined : causes.find(([code]) => code.test(errorCode))?.[1]
}
