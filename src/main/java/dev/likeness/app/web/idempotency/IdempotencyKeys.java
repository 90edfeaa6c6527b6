package dev.likeness.app.web.idempotency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Idempotency keys and their stored answers, in one table for all API processes. */
@Component
@ConditionalOnWebApplication
class IdempotencyKeys {

    private final JdbcClient jdbc;
    private final IdempotencySettings settings;
    private final Clock clock;

    IdempotencyKeys(JdbcClient jdbc, IdempotencySettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Claims a request for processing, unless another process has claimed or answered it.
     *
     * @param fingerprint of the request; another one for the same key is an error
     */
    Claim claim(Key key, String fingerprint) {
        UUID holder = UUID.randomUUID();
        while (true) {
            if (insert(key, fingerprint, holder)) {
                return new Claim(Claim.State.HELD, holder, null);
            }
            Optional<Claim> found = find(key, fingerprint);
            if (found.isPresent()) {
                return found.get();
            }
            // Deleted between the two statements.
        }
    }

    /** Inserts first, so that the database accepts only one of several simultaneous requests. */
    private boolean insert(Key key, String fingerprint, UUID holder) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        insert into idempotency_key as k (owner, key, fingerprint, holder, held_until, expires_at)
                        values (:owner, :key, :fingerprint, :holder, :held, :expires)
                        on conflict (owner, key) do update
                        set fingerprint = excluded.fingerprint, holder = excluded.holder, held_until = excluded.held_until,
                            expires_at = excluded.expires_at, status = null, location = null, content_type = null, body = null
                        where k.expires_at <= :now
                            or (k.status is null and k.held_until <= :now and k.fingerprint = excluded.fingerprint)
                        """)
                        .param("owner", key.owner())
                        .param("key", key.value())
                        .param("fingerprint", fingerprint)
                        .param("holder", holder)
                        .param("held", Timestamp.from(now.plus(settings.takeOverAfter())))
                        .param("expires", Timestamp.from(now.plus(settings.keep())))
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    private Optional<Claim> find(Key key, String fingerprint) {
        return jdbc.sql("select * from idempotency_key where owner = ? and key = ?")
                .params(key.owner(), key.value())
                .query((row, number) -> claim(row, fingerprint))
                .optional();
    }

    private static Claim claim(ResultSet row, String fingerprint) throws SQLException {
        UUID holder = row.getObject("holder", UUID.class);
        if (!row.getString("fingerprint").equals(fingerprint)) {
            return new Claim(Claim.State.OTHER_REQUEST, holder, null);
        }
        int status = row.getInt("status");
        if (row.wasNull()) {
            return new Claim(Claim.State.RUNNING, holder, null);
        }
        StoredAnswer answer = new StoredAnswer(
                status, row.getString("location"), row.getString("content_type"), row.getBytes("body"));
        return new Claim(Claim.State.ANSWERED, holder, answer);
    }

    /** Stores an answer, unless another process has taken over the request. */
    void keep(Key key, UUID holder, StoredAnswer answer) {
        jdbc.sql("""
                        update idempotency_key set status = :status, location = :location, content_type = :type, body = :body
                        where owner = :owner and key = :key and holder = :holder
                        """)
                .param("status", answer.status())
                .param("location", answer.location())
                .param("type", answer.contentType())
                .param("body", answer.body())
                .param("owner", key.owner())
                .param("key", key.value())
                .param("holder", holder)
                .update();
    }

    /** Releases the key, because nothing was created. It may be used again, also for another request. */
    void giveUp(Key key, UUID holder) {
        jdbc.sql("delete from idempotency_key where owner = ? and key = ? and holder = ?")
                .params(key.owner(), key.value(), holder)
                .update();
    }

    /** Deletes expired keys. */
    @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        jdbc.sql("delete from idempotency_key where expires_at <= ?")
                .param(Timestamp.from(clock.instant()))
                .update();
    }

    /** Keys of different owners are independent. */
    record Key(String owner, String value) {}

    /**
     * The result of a claim.
     *
     * @param holder id of the processing or answered claim
     * @param answer the stored answer, if any
     */
    record Claim(State state, UUID holder, @Nullable StoredAnswer answer) {
        enum State {
            HELD,
            RUNNING,
            ANSWERED,
            OTHER_REQUEST
        }
    }
}
