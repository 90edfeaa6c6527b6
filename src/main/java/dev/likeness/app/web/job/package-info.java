/** Jobs over HTTP: submission, events, checkpoints, images, scores, artifacts and reports. */
@NullMarked
package dev.likeness.app.web.job;

import org.jspecify.annotations.NullMarked;
