// must fail: no-restricted-imports, contract
export { createFlinkClient } from '@lockdesk/flink-client'
