/** JSON that several resources share: progress, failures, images, scores and captions. */
@NullMarked
package dev.likeness.app.web.view;

import org.jspecify.annotations.NullMarked;
