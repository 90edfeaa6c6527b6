/** Uploaded adapters and embeddings: checked tensor by tensor, stored, listed. */
@NullMarked
package dev.likeness.app.adapter;

import org.jspecify.annotations.NullMarked;
