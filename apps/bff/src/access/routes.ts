import { EmailSignIn, Me, PasswordChange } from '@lockdesk/contract'
import type { Context } from 'hono'
import type { Workspace } from '../cloud/workspace.ts'
import { type RouteEnv, createRoute, json, problem, router } from '../http/router.ts'
import type { Caller } from './caller.ts'
import type { ClientAddress } from './client-address.ts'
import { describeMe } from './me.ts'
import type { SessionCookie } from './session-cookie.ts'
import { sessionIdOf, sessionSeconds } from './sessions.ts'
import { type SignInRooms, changePassword, signInByEmail } from './sign-in.ts'

export interface AccessRooms extends SignInRooms {
  workspaces: ReadonlyMap<string, Workspace>
  cookie: SessionCookie
  clientAddress: ClientAddress
}

const me = createRoute({
  method: 'get',
  path: '/me',
  summary: 'Who am I, and what may I do',
  responses: { 200: json(Me, 'The person behind the session'), 401: problem('Not signed in') },
})

const signIn = createRoute({
  method: 'post',
  path: '/auth/sign-in/email',
  summary: 'Sign in with e-mail and password',
  security: [],
  request: { body: { required: true, ...json(EmailSignIn, 'The account and its password') } },
  responses: {
    200: json(Me, 'Signed in: the cookie is the session'),
    400: problem('Bad input'),
    401: problem('E-mail or password is wrong'),
    403: problem('The request came from another site'),
    413: problem('Too large'),
    415: problem('Not JSON'),
    429: problem('Too many guesses'),
  },
})

const signOut = createRoute({
  method: 'post',
  path: '/auth/sign-out',
  summary: 'End the session',
  security: [],
  responses: {
    204: { description: 'Signed out, or nobody was signed in' },
    403: problem('The request came from another site'),
    413: problem('Too large'),
    415: problem('Not JSON'),
  },
})

const newPassword = createRoute({
  method: 'post',
  path: '/auth/change-password',
  summary: 'Choose another password',
  request: { body: { required: true, ...json(PasswordChange, 'The password in force and the one to come') } },
  responses: {
    200: json(Me, 'Changed: all other sessions of the person have ended'),
    400: problem('Bad input'),
    401: problem('Not signed in, or the current password is wrong'),
    403: problem('The request came from another site'),
    413: problem('Too large'),
    415: problem('Not JSON'),
    429: problem('Too many guesses'),
  },
})

/** Signing in and out, and who one is. */
export function accessRoutes(rooms: AccessRooms) {
  return router()
    .openapi(me, c => c.json(describeMe(c.get('caller'), rooms.workspaces.values(), rooms.mode), 200))
    .openapi(signIn, async c => {
      const token = await signInByEmail(rooms, { ...c.req.valid('json'), address: rooms.clientAddress(c) })
      return c.json(await begin(rooms, c, token), 200)
    })
    .openapi(signOut, async c => {
      const token = rooms.cookie.read(c)
      if (token !== undefined) await rooms.sessions.end(sessionIdOf(token))
      rooms.cookie.clear(c)
      return c.body(null, 204)
    })
    .openapi(newPassword, async c => {
      const address = rooms.clientAddress(c)
      const token = await changePassword(rooms, c.get('caller'), { ...c.req.valid('json'), address })
      return c.json(await begin(rooms, c, token), 200)
    })
}

/** Hands a new session to the browser. One that it came with ends: nobody stays in a session from before the sign-in. */
export async function begin(rooms: AccessRooms, c: Context<RouteEnv>, token: string): Promise<Me> {
  const before = rooms.cookie.read(c)
  if (before !== undefined) await rooms.sessions.end(sessionIdOf(before))
  rooms.cookie.set(c, token, sessionSeconds)
  const caller: Caller | null = await rooms.sessions.caller(token)
  if (!caller) throw new Error('a session that was just opened is not there')
  return describeMe(caller, rooms.workspaces.values(), rooms.mode)
}
