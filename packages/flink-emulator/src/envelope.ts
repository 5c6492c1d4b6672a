import { jsonAnswer, type Answer } from './exchange.ts'
import type { Trace } from './gateway.ts'
import type { Switches } from './switches.ts'

/**
 * Error codes of the product, every one invented: the real list is not public. Only the form is known, a numeric
 * string beside a message that may be Chinese. Clients must depend on `success` alone.
 */
export const invented = {
  unknownWorkspace: { errorCode: '990101', httpCode: 404, errorMessage: '工作空间不存在' },
  unknownNamespace: { errorCode: '990102', httpCode: 404, errorMessage: '项目空间不存在' },
  unknownDraft: { errorCode: '990103', httpCode: 404, errorMessage: '作业草稿不存在' },
  unknownFolder: { errorCode: '990104', httpCode: 404, errorMessage: '文件夹不存在' },
  nameTaken: { errorCode: '990201', httpCode: 409, errorMessage: '同名对象已存在' },
  heldByOther: { errorCode: '990202', httpCode: 409, errorMessage: '作业草稿已被其他用户锁定' },
  lockNeeded: { errorCode: '990203', httpCode: 409, errorMessage: '请先获取作业草稿的编辑锁' },
  draftInUse: { errorCode: '990204', httpCode: 409, errorMessage: '作业草稿存在已部署或运行中的作业' },
  folderInUse: { errorCode: '990205', httpCode: 409, errorMessage: '文件夹非空' },
  kindFixed: { errorCode: '990206', httpCode: 400, errorMessage: '作业类型不可修改' },
  badContent: { errorCode: '990001', httpCode: 400, errorMessage: '请求内容不合法' },
  noRole: { errorCode: '990401', httpCode: 403, errorMessage: '您在该项目空间中没有此操作的权限' },
} as const
export type BusinessCode = keyof typeof invented

/** The product refuses: HTTP 200 all the same, and `success: false` in the envelope. */
export class BusinessError extends Error {
  override readonly name = 'BusinessError'
  readonly code: BusinessCode
  /** What stands in `data` in spite of the failure. */
  readonly data: unknown
  constructor(code: BusinessCode, data?: unknown) {
    super(invented[code].errorMessage)
    this.code = code
    this.data = data
  }
}

export interface Page {
  pageIndex: number
  pageSize: number
  totalSize: number
}

/** @param data absent: the answer has no such member */
export function successAnswer(data: unknown, trace: Trace, switches: Switches, page?: Page): Answer {
  const empty = switches.emptyErrorString
  return jsonAnswer(
    200,
    { requestId: trace.requestId, success: true, httpCode: 200, errorCode: empty, errorMessage: empty, ...page, data },
    { 'x-acs-request-id': trace.requestId },
  )
}

/** @param status of HTTP; that it is 200 for every failure is the likely reading, not a certain one */
export function failureAnswer(code: BusinessCode, trace: Trace, data?: unknown, status = 200): Answer {
  return jsonAnswer(
    status,
    { requestId: trace.requestId, success: false, ...invented[code], data },
    { 'x-acs-request-id': trace.requestId },
  )
}
