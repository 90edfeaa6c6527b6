/** Uploaded adapters over HTTP. */
@NullMarked
package dev.likeness.app.web.adapter;

import org.jspecify.annotations.NullMarked;
