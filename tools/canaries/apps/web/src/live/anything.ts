// must fail: no-restricted-imports, types of the server
export { compose } from '@lockdesk/bff/compose'
// must fail: no-restricted-imports, never talks to the cloud
export { createFlinkClient } from '@lockdesk/flink-client'
// must fail: no-restricted-imports, live stands below
export { Board } from '../features/board/board.tsx'
// must fail: no-restricted-imports, live stands below
export { router } from '../app/router.tsx'
