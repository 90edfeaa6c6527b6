package dev.likeness.app.security;

import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Creates, finds and revokes API keys. A key is shown once. */
@Service
@Transactional
public class ApiKeys {

    private static final String SELECT =
            "select id, prefix, secret_hash, name, owner, scopes, created_at, expires_at, revoked_at, last_used_at from api_key ";

    /** Limits how often the last use of a key is written. */
    private static final Duration USE_GRAIN = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Clock clock;

    ApiKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Creates a key. */
    public Created create(Request request) {
        return create(KeyText.generate(), request);
    }

    private Created create(KeyText text, Request request) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into api_key (id, prefix, secret_hash, name, owner, scopes, created_at, expires_at)
                        values (:id, :prefix, :hash, :name, :owner, :scopes, :now, :expires)
                        """)
                .param("id", id)
                .param("prefix", text.prefix())
                .param("hash", text.hash())
                .param("name", request.name())
                .param("owner", request.owner())
                .param("scopes", wire(request.scopes()))
                .param("now", Timestamp.from(clock.instant()))
                .param("expires", request.expiresAt() == null ? null : Timestamp.from(request.expiresAt()))
                .update();
        return new Created(get(id), text.text());
    }

    /** @throws UnknownKeyException if it does not exist */
    @Transactional(readOnly = true)
    public ApiKey get(UUID id) {
        return jdbc.sql(SELECT + "where id = ?")
                .param(id)
                .query(ApiKeys::read)
                .optional()
                .orElseThrow(() -> new UnknownKeyException(id));
    }

    /** All keys, including expired and revoked ones, newest first. */
    @Transactional(readOnly = true)
    public List<ApiKey> all() {
        return jdbc.sql(SELECT + "order by created_at desc, id desc")
                .query(ApiKeys::read)
                .list();
    }

    /**
     * Revokes a key. It stays in the list.
     *
     * @throws UnknownKeyException if it does not exist
     */
    public void revoke(UUID id) {
        get(id);
        jdbc.sql("update api_key set revoked_at = ? where id = ? and revoked_at is null")
                .params(Timestamp.from(clock.instant()), id)
                .update();
    }

    /** The key with this text, if it is valid now. Records its use. */
    Optional<ApiKey> authenticate(String text) {
        Instant now = clock.instant();
        Optional<ApiKey> key = KeyText.parse(text).flatMap(this::find).filter(it -> it.isValid(now));
        key.filter(it -> isBefore(it.times().lastUsedAt(), now.minus(USE_GRAIN)))
                .ifPresent(it -> jdbc.sql("update api_key set last_used_at = ? where id = ?")
                        .params(Timestamp.from(now), it.id())
                        .update());
        return key;
    }

    private static boolean isBefore(@Nullable Instant time, Instant limit) {
        return time == null || time.isBefore(limit);
    }

    /** The valid credentials among these. */
    @Transactional(readOnly = true)
    public Set<Credential> holding(Set<Credential> shown) {
        Instant now = clock.instant();
        Set<UUID> keys =
                shown.stream().map(Credential::key).filter(Objects::nonNull).collect(Collectors.toSet());
        Set<UUID> revoked = keys.isEmpty()
                ? Set.of()
                : jdbc.sql("select id from api_key where id in (:keys) and revoked_at is not null")
                        .param("keys", keys)
                        .query(UUID.class)
                        .set();
        return shown.stream()
                .filter(it -> !it.isOver(now) && (it.key() == null || !revoked.contains(it.key())))
                .collect(Collectors.toSet());
    }

    private Optional<ApiKey> find(KeyText text) {
        return jdbc.sql(SELECT + "where prefix = ?")
                .param(text.prefix())
                .query((row, number) -> MessageDigest.isEqual(row.getBytes("secret_hash"), text.hash())
                        ? Optional.of(read(row, number))
                        : Optional.<ApiKey>empty())
                .optional()
                .flatMap(Function.identity());
    }

    /**
     * Creates a key unless a valid one can manage keys. If several processes call this at once, one of them creates a
     * key.
     */
    Optional<Created> bootstrap(Request request) {
        jdbc.sql("lock table api_key in exclusive mode").update();
        boolean there = jdbc.sql("""
                        select exists (
                            select 1 from api_key where :admin = any(scopes) and revoked_at is null
                            and (expires_at is null or expires_at > :now))
                        """)
                .param("admin", Scope.ADMIN.wire())
                .param("now", Timestamp.from(clock.instant()))
                .query(Boolean.class)
                .single();
        return there ? Optional.empty() : Optional.of(create(request));
    }

    /** Makes the operator's key valid, even if a key with its prefix was revoked before. */
    void keep(KeyText named, Request request) {
        jdbc.sql("lock table api_key in exclusive mode").update();
        int kept = jdbc.sql("""
                        update api_key set secret_hash = :hash, scopes = :scopes, expires_at = null, revoked_at = null
                        where prefix = :prefix
                        """)
                .param("hash", named.hash())
                .param("scopes", wire(request.scopes()))
                .param("prefix", named.prefix())
                .update();
        if (kept == 0) {
            create(named, request);
        }
    }

    private static String[] wire(Set<Scope> scopes) {
        return scopes.stream().map(Scope::wire).toArray(String[]::new);
    }

    private static ApiKey read(ResultSet row, int number) throws SQLException {
        return new ApiKey(
                row.getObject("id", UUID.class),
                row.getString("prefix"),
                row.getString("name"),
                row.getString("owner"),
                scopes(row),
                new ApiKey.Times(
                        row.getTimestamp("created_at").toInstant(),
                        instant(row, "expires_at"),
                        instant(row, "revoked_at"),
                        instant(row, "last_used_at")));
    }

    private static Set<Scope> scopes(ResultSet row) throws SQLException {
        return Stream.of((String[]) row.getArray("scopes").getArray())
                .map(Scope::of)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    /**
     * The properties of a new key.
     *
     * @param expiresAt null for never
     */
    public record Request(
            String name,
            String owner,
            Set<Scope> scopes,
            @Nullable Instant expiresAt) {}

    /**
     * A new key.
     *
     * @param text the complete key, which is stored nowhere
     */
    public record Created(ApiKey key, String text) {}
}
