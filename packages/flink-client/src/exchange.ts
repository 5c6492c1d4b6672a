import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { ZodType } from 'zod'
import { isAddressable, isHeaderValue, isWritable } from './addressable.ts'
import { outcomeOf } from './attempt.ts'
import { pathOf, type Query } from './canonical-request.ts'
import { openConnections } from './connection.ts'
import { parseEndpoint } from './endpoints.ts'
import { NoAnswer, NoCredentials, UnreadableAnswer, Unsendable, type UpstreamError } from './errors.ts'
import { factsOf, failureOf, mayPass } from './failure.ts'
import type { CallOptions, ReadOperation } from './operations.ts'
import type { FlinkClientOptions } from './options.ts'
import { readReply, type Arrived, type ParseJson, type Reply } from './reply.ts'
import { attemptsFor, delayAfter } from './retry.ts'
import { send } from './send.ts'
import { credentialsWithin, headersOf } from './signer.ts'
import { decode, WrongShape } from './decode.ts'

/** A call that only looks: its type has no room for the lock call. */
export interface Call<T> {
  operation: ReadOperation
  version: string
  method: 'GET' | 'POST'
  /** Of the path, decoded; each is encoded once. */
  segments: readonly string[]
  query: Query
  /** Where the call has the workspace's header. */
  workspace?: string
  bodyLimitBytes: number
  /** The product answers in its envelope, STS with a plain object. */
  answersIn: 'envelope' | 'plain'
  schema: ZodType<T>
  /** Reads the JSON of the answer where that need not be done from the beginning. */
  parse?: ParseJson
  /** The field by which the answer shows that it belongs to another question, or null. */
  misfit?(value: T): string | null
}

export interface Read<T> {
  value: T
  requestId: string | null
}

export interface Exchange {
  /**
   * Makes one read, with its retries; a look-up has none. All of it, the pauses included, takes at most the time limit of one call; only admission
   * may take longer.
   * @throws UpstreamError, or the signal's reason
   */
  read<T>(call: Call<T>, options: CallOptions): Promise<Read<T>>
  close(): Promise<void>
}

type Outcome<T> = { read: Read<T> } | { error: UpstreamError; mayPass: boolean; askedMs?: number | undefined }

/** @throws EndpointFault, ProxyFault */
export function createExchange(endpoint: string, options: FlinkClientOptions): Exchange {
  const origin = parseEndpoint(endpoint)
  const dispatcher = openConnections(origin, options.env ?? process.env, options.timeoutMs)
  const { now = Date.now, random = Math.random, nonce = randomUUID } = options

  async function attempt<T>(call: Call<T>, { purpose, signal }: CallOptions, limitMs: number): Promise<Outcome<T>> {
    const { operation } = call
    const credentials = await credentialsWithin(options.credentials, limitMs)
    if ('why' in credentials) return { error: new NoCredentials({ operation }, credentials.why), mayPass: false }
    signal?.throwIfAborted()
    const started = performance.now()
    const delivery = await send(
      { method: call.method, path: pathOf(call.segments), query: call.query, headers: headersOf(call, origin) },
      credentials,
      { dispatcher, origin, limitMs, bodyLimitBytes: call.bodyLimitBytes, signal, now, nonce },
    )
    const ms = performance.now() - started
    const reply = delivery.came ? readReply(delivery, call.parse) : null
    const told = { operation, purpose, ms, ...outcomeOf(delivery, reply) }
    if (!delivery.came || reply === null) {
      signal?.throwIfAborted()
      options.observe?.(told)
      const error = delivery.came
        ? new UnreadableAnswer({ operation }, 'empty')
        : new NoAnswer({ operation }, delivery.how === 'timeout' ? 'timeout' : 'connection', delivery.code)
      return { error, mayPass: mayPass(error, null, null) }
    }
    const outcome = judge(call, reply, delivery)
    const unreadable = 'error' in outcome && outcome.error instanceof UnreadableAnswer
    options.observe?.(unreadable ? { ...told, outcome: 'failed' } : told)
    return 'error' in outcome ? { ...outcome, askedMs: told.retryAfterMs } : outcome
  }

  return {
    async read(call, callOptions) {
      const { operation } = call
      const { signal } = callOptions
      if (!isSendable(call)) throw new Unsendable({ operation })
      let leftMs = options.timeoutMs
      for (let number = 1; ; number += 1) {
        signal?.throwIfAborted()
        await options.admit?.(operation, callOptions)
        signal?.throwIfAborted()
        const started = performance.now()
        const outcome = await attempt(call, callOptions, leftMs)
        if ('read' in outcome) return outcome.read
        leftMs -= performance.now() - started
        const delayMs = delayAfter(number, outcome.askedMs, random())
        if (!outcome.mayPass || number === attemptsFor(callOptions.purpose) || delayMs >= leftMs) throw outcome.error
        leftMs -= delayMs
        await wait(delayMs, undefined, signal && { signal }).catch(() => signal?.throwIfAborted())
      }
    },
    close: () => dispatcher.destroy(),
  }
}

function isSendable(call: Call<unknown>): boolean {
  return (
    call.segments.every(isAddressable) &&
    Object.values(call.query).every(isWritable) &&
    (call.workspace === undefined || isHeaderValue(call.workspace))
  )
}

/** What an answer means for the call that was made. */
function judge<T>(call: Call<T>, reply: Reply, answer: Arrived): Outcome<T> {
  const { operation } = call
  const error = failureOf(operation, reply, answer)
  if (error !== null) return { error, mayPass: mayPass(error, reply, answer) }
  const facts = factsOf(operation, reply, answer)
  const refuse = (where?: string) => ({ error: new UnreadableAnswer(facts, 'wrong-shape', where), mayPass: false })
  if (reply.kind !== call.answersIn || !('body' in reply)) return refuse()
  try {
    const value = decode(call.schema, reply.body, reply.bytes)
    const misfit = call.misfit?.(value) ?? null
    return misfit === null ? { read: { value, requestId: reply.requestId ?? null } } : refuse(misfit)
  } catch (fault) {
    if (fault instanceof WrongShape) return refuse(fault.where)
    throw fault
  }
}
