/** Controllers, views, problems, SSE, OpenAPI. */
@NullMarked
package dev.likeness.app.web;

import org.jspecify.annotations.NullMarked;
