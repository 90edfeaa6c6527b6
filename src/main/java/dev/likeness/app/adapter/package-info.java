/** Adapters and embeddings that were made elsewhere: checked tensor by tensor, kept, listed. */
@NullMarked
package dev.likeness.app.adapter;

import org.jspecify.annotations.NullMarked;
