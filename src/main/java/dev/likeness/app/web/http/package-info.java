/** Common parts of all resources below the controllers: filters, forms, links, cursors, long polling and Tomcat. */
@NullMarked
package dev.likeness.app.web.http;

import org.jspecify.annotations.NullMarked;
