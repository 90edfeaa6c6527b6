/** Memory planning of jobs: the memory that a job needs, and changes of its settings so that it fits. */
@NullMarked
package dev.likeness.app.memory;

import org.jspecify.annotations.NullMarked;
