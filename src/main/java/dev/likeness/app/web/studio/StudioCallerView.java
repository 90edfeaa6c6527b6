package dev.likeness.app.web.studio;

import java.util.List;

/**
 * What the caller of the studio may do.
 *
 * @param scopes its permissions: {@code read}, {@code write}, {@code admin}
 */
record StudioCallerView(List<String> scopes) {}
