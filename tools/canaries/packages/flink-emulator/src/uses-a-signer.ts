// must fail: no-restricted-imports, never signs
export { $OpenApiUtil } from '@alicloud/openapi-core'
