/** Enqueue, lease, heartbeat, dead workers: db-scheduler and what Likeness wants of it. */
@NullMarked
package dev.likeness.app.queue;

import org.jspecify.annotations.NullMarked;
