// must fail: no-restricted-imports, flink-client
export { compose } from '@lockdesk/bff/compose'
