/** Running a captioning task, and captioning a subject's images for a job. */
@NullMarked
package dev.likeness.app.worker.caption;

import org.jspecify.annotations.NullMarked;
