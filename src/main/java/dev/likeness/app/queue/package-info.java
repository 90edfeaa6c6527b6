/** The queue: enqueueing, leases, heartbeats and dead workers, with db-scheduler. */
@NullMarked
package dev.likeness.app.queue;

import org.jspecify.annotations.NullMarked;
