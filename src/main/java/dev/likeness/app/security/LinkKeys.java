package dev.likeness.app.security;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The keys that sign links: one current key, and retired keys whose links are still valid. */
@Component
class LinkKeys {

    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 6;

    /** Other processes may sign with a retired key for this time, until they read the keys again. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate separate;
    private final SecuritySettings.Links settings;
    private final Clock clock;
    private volatile @Nullable Present present;

    LinkKeys(JdbcClient jdbc, PlatformTransactionManager transactions, SecuritySettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.separate = new TransactionTemplate(transactions);
        this.separate.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.settings = settings.links();
        this.clock = clock;
    }

    /** The current key. */
    LinkKey present() {
        Instant now = clock.instant();
        Present last = present;
        if (last != null && now.isBefore(last.readAt().plus(FRESH))) {
            return last.key();
        }
        LinkKey key = find().filter(it -> now.isBefore(it.createdAt().plus(settings.rotation())))
                .orElseGet(this::rotate);
        present = new Present(key, now);
        return key;
    }

    /** A key whose links may still be valid. A link is valid for at most twice the validity. */
    Optional<LinkKey> find(String id) {
        return jdbc.sql("select * from link_key where id = ? and (retired_at is null or retired_at > ?)")
                .params(id, Timestamp.from(oldestRetirement(clock.instant())))
                .query(LinkKeys::read)
                .optional();
    }

    /** Creates a new key. Links of retired keys stay valid until they expire. */
    LinkKey rotate() {
        String former = find().map(LinkKey::id).orElse("");
        // A separate transaction, because the caller's transaction may be read-only.
        separate.executeWithoutResult(status -> replace(former));
        present = null;
        return find().orElseThrow();
    }

    private void replace(String former) {
        SecureRandom random = new SecureRandom();
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        // A second process waits here and uses the key that the first one has created.
        jdbc.sql("lock table link_key in exclusive mode").update();
        Instant now = clock.instant();
        jdbc.sql("delete from link_key where retired_at < ?")
                .param(Timestamp.from(oldestRetirement(now)))
                .update();
        jdbc.sql("update link_key set retired_at = ? where retired_at is null and id = ?")
                .params(Timestamp.from(now), former)
                .update();
        jdbc.sql("insert into link_key (id, secret, created_at) values (?, ?, ?) on conflict do nothing")
                .params(HexFormat.of().formatHex(id), secret, Timestamp.from(now))
                .update();
    }

    private Instant oldestRetirement(Instant now) {
        return now.minus(settings.validity().multipliedBy(2)).minus(FRESH);
    }

    private Optional<LinkKey> find() {
        return jdbc.sql("select * from link_key where retired_at is null")
                .query(LinkKeys::read)
                .optional();
    }

    private static LinkKey read(ResultSet row, int number) throws SQLException {
        return new LinkKey(
                row.getString("id"),
                row.getBytes("secret"),
                row.getTimestamp("created_at").toInstant());
    }

    /** A current or retired key for links. */
    record LinkKey(String id, byte[] secret, Instant createdAt) {}

    private record Present(LinkKey key, Instant readAt) {}
}
