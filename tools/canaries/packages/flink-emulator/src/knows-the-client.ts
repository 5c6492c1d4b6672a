// must fail: no-restricted-imports, never signs
export { createFlinkClient } from '@lockdesk/flink-client'
