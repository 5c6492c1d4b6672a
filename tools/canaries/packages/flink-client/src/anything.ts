// must fail: no-restricted-imports, flink-client knows the cloud
export { anything } from '@lockdesk/contract'
// must fail: no-restricted-imports, flink-client knows the cloud
export { anything } from '@lockdesk/bff/compose'
// must fail: no-restricted-imports, flink-client knows the cloud
export { anything } from '@lockdesk/flink-emulator'
