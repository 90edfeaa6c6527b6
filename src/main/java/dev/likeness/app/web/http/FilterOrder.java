package dev.likeness.app.web.http;

import org.springframework.core.Ordered;

/** Order of the filters. */
public final class FilterOrder {

    /** Before every filter that answers by itself: a page of another origin reads only answers with CORS headers. */
    static final int CORS = Ordered.HIGHEST_PRECEDENCE + 10;

    /** After Spring Security, which finds the owner. Before idempotency: a stored answer is never a refusal. */
    static final int RATE_LIMIT = 100;

    static final int BODY_SIZE = RATE_LIMIT + 1;

    /** After Spring Security: an idempotency key belongs to its owner. */
    public static final int IDEMPOTENCY = BODY_SIZE + 1;

    static final int ENTITY_TAG = IDEMPOTENCY + 1;
    static final int RANGE = ENTITY_TAG + 1;

    private FilterOrder() {}
}
