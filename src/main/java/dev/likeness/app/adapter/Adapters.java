package dev.likeness.app.adapter;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.NamedFile;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.json.StoredJson;
import dev.likeness.app.json.StoredNames;
import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.page.KeysetSql;
import dev.likeness.app.security.Owners;
import dev.likeness.diffusion.adapter.AdapterFormat;
import dev.likeness.diffusion.wire.Wire;
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Uploaded adapters and embeddings. Those of a kind or format that only a newer release knows are left out. */
@Service
@Transactional
public class Adapters {

    private static final String SELECT =
            "select id, name, model, kind, format, file_name, file_sha256, size, contents, created_at from adapter ";

    /** Those of the current owner. */
    private static final String OWN = "where (? or owner = ?) ";

    /** Those of a kind and format that this release knows. */
    private static final String KNOWN = "and %s and %s "
            .formatted(StoredNames.known("kind", AdapterKind.class), StoredNames.known("format", AdapterFormat.class));

    private final AdapterIntake intake;
    private final ArtifactStore artifacts;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    Adapters(AdapterIntake intake, ArtifactStore artifacts, JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.intake = intake;
        this.artifacts = artifacts;
        this.jdbc = jdbc;
        this.json = StoredJson.mapper(json);
        this.clock = clock;
    }

    /**
     * Checks a file tensor by tensor, and stores nothing. {@link #keep} stores the result. It reads the whole file, so
     * do not call it in a transaction.
     *
     * @throws RefusedAdapterException if it cannot be used
     */
    @Transactional(propagation = Propagation.SUPPORTS)
    public CheckedAdapter check(AdapterUpload upload) {
        return intake.check(upload);
    }

    /** Stores an adapter with its file. */
    public Adapter keep(CheckedAdapter checked) {
        StoredFile file = artifacts.put("application/octet-stream", out -> Files.copy(checked.file(), out));
        Adapter adapter = new Adapter(
                UuidVersion7Strategy.INSTANCE.generateUuid(null),
                checked.name(),
                checked.model(),
                checked.kind(),
                checked.format(),
                new NamedFile(checked.fileName(), file.sha256(), file.size()),
                checked.contents(),
                clock.instant());
        jdbc.sql("""
                        insert into adapter
                        (id, name, model, kind, format, file_name, file_sha256, size, contents, created_at, owner)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
                        """)
                .params(
                        adapter.id(),
                        adapter.name(),
                        adapter.model(),
                        adapter.kind().wire(),
                        adapter.format().wire(),
                        adapter.file().name(),
                        adapter.file().sha256(),
                        adapter.file().size(),
                        json.writeValueAsString(adapter.contents()),
                        Timestamp.from(adapter.createdAt()),
                        Owners.present())
                .update();
        return adapter;
    }

    /** @throws UnknownAdapterException if it does not exist */
    @Transactional(readOnly = true)
    public Adapter get(UUID id) {
        return jdbc.sql(SELECT + OWN + KNOWN + "and id = ?")
                .params(Owners.seeEverything(), Owners.present(), id)
                .query(this::read)
                .optional()
                .orElseThrow(() -> new UnknownAdapterException(id));
    }

    /** The existing adapters among these, by id. Inside a transaction they cannot be deleted before its end. */
    public Map<UUID, Adapter> hold(Collection<UUID> ids) {
        return jdbc
                .sql(SELECT + OWN + KNOWN + "and id = any(?) order by id for key share")
                .params(Owners.seeEverything(), Owners.present(), ids.toArray(UUID[]::new))
                .query(this::read)
                .list()
                .stream()
                .collect(Collectors.toMap(Adapter::id, Function.identity()));
    }

    /** Adapters beyond a position, in its direction. */
    @Transactional(readOnly = true)
    public KeysetPage<Adapter> page(KeysetScrollPosition from, int limit) {
        return new KeysetSql(
                        jdbc,
                        SELECT + "where (:all or owner = :owner) " + KNOWN,
                        Map.of("all", Owners.seeEverything(), "owner", Owners.present()))
                .page(from, limit, this::read);
    }

    /** The file of an adapter, for a task that uses it. */
    @Transactional(readOnly = true)
    public Optional<String> file(UUID id) {
        return jdbc.sql("select file_sha256 from adapter where id = ?")
                .param(id)
                .query(String.class)
                .optional();
    }

    /**
     * Deletes an adapter. Its file is deleted with the last reference.
     *
     * @throws UnknownAdapterException if it does not exist
     * @throws AdapterInUseException if an unfinished generation uses it, or an unfinished job continues from it
     */
    public void delete(UUID id) {
        String file = jdbc.sql("select file_sha256 from adapter " + OWN + "and id = ? for update")
                .params(Owners.seeEverything(), Owners.present(), id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new UnknownAdapterException(id));
        boolean inUse =
                jdbc.sql("""
                        select exists (
                            select 1 from generation_adapter join generation on generation.id = generation_id
                            where adapter_id = ? and completed_at is null)
                        or exists (
                            select 1 from job
                            where completed_at is null and spec -> 'textual_inversion' ->> 'adapter_id' = ?)
                        """).params(id, id.toString()).query(Boolean.class).single();
        if (inUse) {
            throw new AdapterInUseException(id);
        }
        jdbc.sql("delete from adapter where id = ?").param(id).update();
        artifacts.release(List.of(file));
    }

    private Adapter read(ResultSet row, int number) throws SQLException {
        return new Adapter(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("model"),
                Wire.named(AdapterKind.class, row.getString("kind")),
                Wire.named(AdapterFormat.class, row.getString("format")),
                new NamedFile(row.getString("file_name"), row.getString("file_sha256"), row.getLong("size")),
                json.readValue(row.getString("contents"), AdapterContents.class),
                row.getTimestamp("created_at").toInstant());
    }
}
