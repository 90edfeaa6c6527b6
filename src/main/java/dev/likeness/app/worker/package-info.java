/** One leased job or generation from end to end, and the process that does it: its start, supervision and end. */
@NullMarked
package dev.likeness.app.worker;

import org.jspecify.annotations.NullMarked;
