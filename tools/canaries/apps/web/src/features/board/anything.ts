// must fail: no-restricted-imports, types of the server
export { compose } from '@lockdesk/bff/compose'
// must fail: no-restricted-imports, never talks to the cloud
export { createFlinkClient } from '@lockdesk/flink-client'
// must fail: no-restricted-imports, No feature knows the app
export { router } from '../../app/router.tsx'
// must fail: no-restricted-imports, No feature imports another
export { TakeDialog } from '../take/take-dialog.tsx'
