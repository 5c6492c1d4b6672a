// must fail: no-restricted-imports, flink-client
export { Draft } from '@lockdesk/contract'
