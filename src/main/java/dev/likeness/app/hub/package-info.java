/** Repositories of the Hugging Face Hub, downloaded once and kept. */
@NullMarked
package dev.likeness.app.hub;

import org.jspecify.annotations.NullMarked;
