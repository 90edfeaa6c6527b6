package dev.likeness.app;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of API keys and of idempotency keys: what tests ask of them, and change in them. */
public final class KeyRows {

    private final JdbcClient jdbc;

    KeyRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Everything that is stored of each API key, as text. */
    public List<String> stored() {
        return jdbc.sql("select encode(secret_hash, 'escape') || api_key::text from api_key")
                .query(String.class)
                .list();
    }

    /** An API key expires now. */
    public void expire(UUID id) {
        jdbc.sql("update api_key set expires_at = now() where id = ?").param(id).update();
    }

    /** An idempotency key expires now. */
    public void expireIdempotency(String key) {
        jdbc.sql("update idempotency_key set expires_at = now() where key = ?")
                .param(key)
                .update();
    }

    /** The state of an idempotency key while its request has no answer yet. A negative duration is in the past. */
    public void unanswered(String key, Duration heldFor) {
        jdbc.sql(
                        "update idempotency_key set status = null, body = null, held_until = now() + ? * interval '1 second' where key = ?")
                .params(heldFor.toSeconds(), key)
                .update();
    }

    /** Makes every replaced key of links so old that it no longer counts. */
    public void expireReplacedLinkKeys() {
        jdbc.sql("update link_key set retired_at = now() - interval '1 year' where retired_at is not null")
                .update();
    }
}
