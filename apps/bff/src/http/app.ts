import type { Logger } from 'pino'
import { demoRoutes } from '../access/demo-routes.ts'
import { type AccessRooms, accessRoutes } from '../access/routes.ts'
import { type AuditRooms, auditRoutes } from '../audit/routes.ts'
import { type BoardRooms, boardRoutes } from '../board/routes.ts'
import { type LiveRooms, liveRoutes } from '../live/routes.ts'
import { lockRoutes } from '../locks/routes.ts'
import type { Locks } from '../locks/take-lock.ts'
import { answerError, mostBodyBytes } from './answer-error.ts'
import { bodyLimit } from './body-limit.ts'
import { existing, signedIn } from './gate.ts'
import { healthRoutes } from './health-routes.ts'
import type { Metrics } from './metrics.ts'
import { openapiRoutes } from './openapi.ts'
import { page } from './page.ts'
import type { PageFiles } from './page-files.ts'
import { requestLog } from './request-log.ts'
import { type RouteTable, createRouteTable } from './route-table.ts'
import { router } from './router.ts'
import { jsonOnly, sameOrigin } from './same-origin.ts'
import { security } from './security-headers.ts'

export type AppRooms = AccessRooms &
  BoardRooms &
  LiveRooms &
  AuditRooms & {
    locks: Locks
    publicUrl: string
    log: Logger
    metrics: Metrics
    isReady: () => Promise<boolean>
    pageFiles: PageFiles
  }

/** Everything that answers by HTTP. The order of what stands in front of the routes is the order of the lines. */
export function createApp(rooms: AppRooms) {
  const { publicUrl, cookie, sessions, log } = rooms
  let table: RouteTable = () => null

  const app = router()
  app.onError(answerError(log))
  app.use(requestLog(log, rooms.metrics))
  app.use(security(publicUrl))
  app.use(existing(() => table))
  app.use('/api/*', sameOrigin(publicUrl, cookie))
  app.use('/api/*', signedIn(sessions, cookie))
  app.use('/api/*', jsonOnly())
  app.use('/api/*', bodyLimit(mostBodyBytes))

  const routes = app
    .route('/', healthRoutes(rooms))
    .route(
      '/api',
      openapiRoutes(() => app, cookie.name),
    )
    .route('/api', accessRoutes(rooms))
    .route('/api', boardRoutes(rooms))
    .route('/api', lockRoutes(rooms))
    .route('/api', liveRoutes(rooms))
    .route('/api', auditRoutes(rooms))
    // The demo's own routes are described to the page in both modes, and exist in one.
    .route('/api/demo', rooms.mode === 'demo' ? demoRoutes(rooms) : (router() as ReturnType<typeof demoRoutes>))

  table = createRouteTable(app.routes)
  app.all('*', page(rooms.pageFiles))
  return routes
}

/** The routes with their types, for whoever asks them without a socket. */
export type App = ReturnType<typeof createApp>
