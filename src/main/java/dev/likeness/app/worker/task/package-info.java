/** What all kinds of tasks share: the lease and its signals, durable writes, progress, and failures. */
@NullMarked
package dev.likeness.app.worker.task;

import org.jspecify.annotations.NullMarked;
