import { createMutation, type QueryClient } from '@tanstack/svelte-query'
import { Problem } from '../api/problem'
import { createPresence } from './presence'
import { toasts } from './toasts.svelte'

/** A key that makes sending again safe. Works without a secure context, too. */
export function idempotencyKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((it) => it.toString(16).padStart(2, '0')).join('')
}

/** Keys of requests: the same one while the content stays and nothing has been created. */
export class Keys {
  #sent = { content: '', key: '' }

  of(content: string): string {
    if (this.#sent.content !== content) this.#sent = { content, key: idempotencyKey() }
    return this.#sent.key
  }

  /** What is sent next is meant to create something more. */
  forget(): void {
    this.#sent = { content: '', key: '' }
  }
}

/** Whether the same request, with its key, can succeed when it is sent again soon. */
export function canSucceed(thrown: unknown): boolean {
  const { temporary, status, code } = Problem.from(thrown)
  return (temporary && status !== 429) || code === 'idempotency_key_in_use'
}

interface Creation<Request, Created> {
  send: (request: Request, key: string) => Promise<Created>
  /** What tells requests apart; without it, their JSON. */
  content?: (request: Request) => string
  onSuccess?: (created: Created) => unknown
}

/**
 * A call that creates something: once, however often the same request is sent, by the page or by whoever uses it.
 *
 * @param client for a call that is no component's
 */
export function createOnce<Request, Created>(
  { send, content = JSON.stringify, onSuccess }: Creation<Request, Created>,
  client?: () => QueryClient,
) {
  const keys = new Keys()
  const there = client ? () => true : createPresence()
  return createMutation<Created, Error, Request>(() => ({
    mutationFn: (request) => send(request, keys.of(content(request))),
    retry: (failures, thrown) => failures < 3 && canSucceed(thrown),
    onSuccess: (created) => {
      keys.forget()
      return onSuccess?.(created)
    },
    // Where it was asked for, nobody would see it.
    onError: (thrown) => {
      if (!there()) toasts.fail(thrown)
    },
  }), client)
}
