package dev.likeness.app.web.http;

import org.springframework.core.Ordered;

/** The order of the filters. */
public final class FilterOrder {

    /** Before every filter that may answer itself: pages of other origins can read only answers with CORS headers. */
    static final int CORS = Ordered.HIGHEST_PRECEDENCE + 10;

    /** After Spring Security, which determines the owner. Before idempotency, so that refusals are not stored. */
    static final int RATE_LIMIT = 100;

    static final int BODY_SIZE = RATE_LIMIT + 1;

    /** After Spring Security, because an idempotency key belongs to its owner. */
    public static final int IDEMPOTENCY = BODY_SIZE + 1;

    static final int ENTITY_TAG = IDEMPOTENCY + 1;
    static final int RANGE = ENTITY_TAG + 1;

    private FilterOrder() {}
}
