/** Common parts of jobs, generations, captions and evaluations: status, lease, progress, queue. */
@NullMarked
package dev.likeness.app.task;

import org.jspecify.annotations.NullMarked;
