import { jobEvents, type Connection, type JobEvent } from '../../api/events'
import { toasts } from '../../lib/toasts.svelte'
import { i18n } from '../../texts'
import { Course } from './course'

/** The course of a job while it happens. It is read from the job's events, so a page that is loaded later shows the same. */
export class Live {
  /** The state of the connection; undefined before there is one. */
  connection = $state<Connection>()
  /** Whether all events of a final job are there. */
  over = $state(false)
  readonly #course = new Course()
  /** Counts the events, so that what depends on the course is computed again. */
  #events = $state(0)

  /** @param changed called for every new event */
  constructor(private readonly changed: (event: JobEvent) => void) {}

  get course(): Course {
    void this.#events
    return this.#course
  }

  /**
   * Reads the events until it is stopped, or until the job is final.
   *
   * @returns stops
   */
  follow(url: string): () => void {
    this.over = false
    const close = jobEvents(
      url,
      (event) => {
        if (!this.#course.add(event)) return
        this.#events++
        this.changed(event)
      },
      (state) => {
        // The service ends the connection after the last event.
        if (state !== 'open' && (this.#course.complete || state === 'refused')) {
          this.over = true
          this.connection = state === 'refused' ? state : 'open'
          close()
        } else {
          if (state === 'open' && this.connection === 'lost') toasts.say(i18n.texts.live.back)
          this.connection = state
        }
      },
    )
    return close
  }
}
