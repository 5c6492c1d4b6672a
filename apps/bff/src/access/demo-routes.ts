import { DemoPeople, DemoSignIn, Me } from '@lockdesk/contract'
import { createRoute, json, problem, router } from '../http/router.ts'
import { demoPeople } from './demo-people.ts'
import { type AccessRooms, begin } from './routes.ts'

const people = createRoute({
  method: 'get',
  path: '/people',
  summary: 'Who can sign in to the demo',
  security: [],
  responses: { 200: json(DemoPeople, 'The people of the demo') },
})

const signIn = createRoute({
  method: 'post',
  path: '/sign-in',
  summary: 'Sign in to the demo as one of its people',
  security: [],
  request: { body: { required: true, ...json(DemoSignIn, 'Who') } },
  responses: {
    200: json(Me, 'Signed in: the cookie is the session'),
    400: problem('Nobody of this name'),
    403: problem('The request came from another site'),
    413: problem('Too large'),
    415: problem('Not JSON'),
  },
})

/** Signing in without a password. Mounted in the demo alone: in live mode these paths do not exist. */
export function demoRoutes(rooms: AccessRooms) {
  return router()
    .openapi(people, c => c.json({ people: demoPeople.map(({ id, name, role }) => ({ id, name, role })) }, 200))
    .openapi(signIn, async c => {
      const { person } = c.req.valid('json')
      return c.json(await begin(rooms, c, await rooms.sessions.open(person)), 200)
    })
}
