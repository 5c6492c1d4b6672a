/** What answers without a session. Everything else under `/api` needs one: a route that is forgotten here is closed, not open. */
export const publicRoutes = [
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-out',
  'GET /api/demo/people',
  'POST /api/demo/sign-in',
  'GET /api/openapi.json',
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
] as const

/** All that a session may do whose one-time password has not been changed yet; signing out is public. */
export const beforePasswordChange = ['GET /api/me', 'POST /api/auth/change-password'] as const
