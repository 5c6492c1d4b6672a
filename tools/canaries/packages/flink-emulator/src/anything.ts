// must fail: no-restricted-imports, never signs
export { $OpenApiUtil } from '@alicloud/openapi-core'
// must fail: no-restricted-imports, never signs
export { createFlinkClient } from '@lockdesk/flink-client'
// must fail: no-restricted-imports, never signs
export { sign } from '../../../packages/flink-client/src/sign.ts'
