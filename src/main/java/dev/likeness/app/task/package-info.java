/** What jobs, generations, captions and evaluations have in common: status, lease, progress, queue. */
@NullMarked
package dev.likeness.app.task;

import org.jspecify.annotations.NullMarked;
