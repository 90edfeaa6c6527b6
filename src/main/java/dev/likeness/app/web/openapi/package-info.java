/** The OpenAPI document. */
@NullMarked
package dev.likeness.app.web.openapi;

import org.jspecify.annotations.NullMarked;
