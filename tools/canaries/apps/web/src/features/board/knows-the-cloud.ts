// must fail: no-restricted-imports, never talks to the cloud
export { createFlinkClient } from '@lockdesk/flink-client'
