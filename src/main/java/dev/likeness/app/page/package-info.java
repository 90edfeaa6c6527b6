/** Lists a page at a time, by keyset. */
@NullMarked
package dev.likeness.app.page;

import org.jspecify.annotations.NullMarked;
