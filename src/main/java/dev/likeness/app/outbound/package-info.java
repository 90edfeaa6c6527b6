/** Connections to URLs that callers name: which URLs and addresses are permitted, and a client that connects to no others. */
@NullMarked
package dev.likeness.app.outbound;

import org.jspecify.annotations.NullMarked;
