/** Training jobs: intake, progress, events, images, checkpoints, artifacts and expiry. */
@NullMarked
package dev.likeness.app.job;

import org.jspecify.annotations.NullMarked;
