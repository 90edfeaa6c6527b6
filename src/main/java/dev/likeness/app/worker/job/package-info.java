/** Running a training job: its phases from the prior images to the exports. */
@NullMarked
package dev.likeness.app.worker.job;

import org.jspecify.annotations.NullMarked;
