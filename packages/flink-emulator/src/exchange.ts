/** A request exactly as it arrived: nothing normalised, for the signature covers the bytes that were sent. */
export interface Received {
  method: string
  /** Path and query as sent, still percent-encoded. */
  target: string
  /** As sent, in order, repetitions included. */
  headers: readonly (readonly [name: string, value: string])[]
  body: Uint8Array
  /** Aborted when the client has gone. */
  gone: AbortSignal
}

/** What goes back, byte for byte. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array
}

/** An answer, or the connection is cut without one. */
export type Reply = Answer | 'cut'

/** The values of one header, trimmed, in the order they were sent. */
export function headerValues(request: Received, name: string): string[] {
  return request.headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value.trim())
}

/** The only value of a header; of a repeated one the first. */
export const header = (request: Received, name: string): string | undefined => headerValues(request, name)[0]

export function pathOf(request: Received): string {
  const end = request.target.indexOf('?')
  return end === -1 ? request.target : request.target.slice(0, end)
}

/** The query, decoded. */
export function queryOf(request: Received): URLSearchParams {
  const start = request.target.indexOf('?')
  return new URLSearchParams(start === -1 ? '' : request.target.slice(start + 1))
}

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8', ...headers },
    body: JSON.stringify(body),
  }
}
