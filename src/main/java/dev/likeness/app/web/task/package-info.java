/** What requests say about tasks of every kind: labels, priorities, and changes of them. */
@NullMarked
package dev.likeness.app.web.task;

import org.jspecify.annotations.NullMarked;
