// must fail: no-restricted-imports, types of the server
export { compose } from '@lockdesk/bff/compose'
// must fail: no-restricted-imports, never talks to the cloud
export { createFlinkClient } from '@lockdesk/flink-client'
// must fail: no-restricted-imports, ui, i18n and api
export { anything } from '../live/provider.tsx'
