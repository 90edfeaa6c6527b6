package dev.likeness.app.classimage;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.page.KeysetSql;
import dev.likeness.app.security.Owners;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Class sets with their images. {@link ClassSetIntake} stores new ones. */
@Service
@Transactional(readOnly = true)
public class ClassSets {

    /** Of the current owner, with all of their images. */
    private static final String SELECT = """
            select id, name, duplicates, created_at,
                (select count(*) from class_image where class_set_id = class_set.id) as images,
                (select count(caption) from class_image where class_set_id = class_set.id) as captions
            from class_set where complete and (:all or owner = :owner)""";

    private static final String SELECT_IMAGE = """
            select position, file_name, file_sha256, thumbnail_sha256, width, height, original_format, caption
            from class_image where class_set_id = ?""";

    private final JdbcClient jdbc;
    private final ArtifactStore artifacts;
    private final JsonMapper json;

    ClassSets(JdbcClient jdbc, ArtifactStore artifacts, JsonMapper json) {
        this.jdbc = jdbc;
        this.artifacts = artifacts;
        this.json = json;
    }

    /** @throws UnknownClassSetException if it does not exist */
    public ClassSet get(UUID id) {
        return find(id).orElseThrow(() -> new UnknownClassSetException(id));
    }

    private Optional<ClassSet> find(UUID id) {
        return jdbc.sql(SELECT + " and id = :id")
                .params(ofOwner())
                .param("id", id)
                .query(this::read)
                .optional();
    }

    /** Sets beyond a position, in its direction. */
    public KeysetPage<ClassSet> page(KeysetScrollPosition from, int limit) {
        return new KeysetSql(jdbc, SELECT, ofOwner()).page(from, limit, this::read);
    }

    /**
     * The number of a set's images; empty if it does not exist. Inside a transaction it cannot be deleted before its
     * end.
     */
    @Transactional
    public OptionalInt hold(UUID id) {
        boolean there = jdbc.sql("""
                        select id from class_set where id = :id and complete and (:all or owner = :owner) for key share
                        """)
                .params(ofOwner())
                .param("id", id)
                .query(UUID.class)
                .optional()
                .isPresent();
        return there ? OptionalInt.of(find(id).map(ClassSet::images).orElse(0)) : OptionalInt.empty();
    }

    /**
     * Images of a set in their order.
     *
     * @param after the position before the first of them; -1 for the beginning
     * @throws UnknownClassSetException if the set does not exist
     */
    public List<ClassImage> images(UUID id, int after, int limit) {
        get(id);
        return jdbc.sql(SELECT_IMAGE + " and position > ? order by position limit ?")
                .params(id, after, limit)
                .query(ClassSets::readImage)
                .list();
    }

    /** The first images of a set, for a task that uses them. */
    public List<ClassImage> first(UUID id, int count) {
        return jdbc.sql(SELECT_IMAGE + " order by position limit ?")
                .params(id, count)
                .query(ClassSets::readImage)
                .list();
    }

    /**
     * An image of a set.
     *
     * @throws UnknownClassSetException if the set does not exist
     * @throws UnknownClassImageException if it has no image at this position
     */
    public ClassImage image(UUID id, int position) {
        get(id);
        return jdbc.sql(SELECT_IMAGE + " and position = ?")
                .params(id, position)
                .query(ClassSets::readImage)
                .optional()
                .orElseThrow(() -> new UnknownClassImageException(id, position));
    }

    /**
     * Deletes a set with its images. A file is deleted with the last reference to it.
     *
     * @throws UnknownClassSetException if it does not exist
     * @throws ClassSetInUseException if an unfinished job uses it
     */
    @Transactional
    public void delete(UUID id) {
        boolean there = jdbc.sql("""
                        select id from class_set where id = :id and complete and (:all or owner = :owner) for update
                        """)
                .params(ofOwner())
                .param("id", id)
                .query(UUID.class)
                .optional()
                .isPresent();
        if (!there) {
            throw new UnknownClassSetException(id);
        }
        boolean inUse = jdbc.sql("""
                        select exists (
                            select 1 from job where completed_at is null and spec -> 'prior' ->> 'class_set_id' = ?)
                        """).param(id.toString()).query(Boolean.class).single();
        if (inUse) {
            throw new ClassSetInUseException(id);
        }
        remove(id);
    }

    /** Makes a set visible whose images are all stored. */
    @Transactional
    void complete(UUID id, List<String> duplicates) {
        jdbc.sql("update class_set set complete = true, duplicates = ?::jsonb where id = ?")
                .params(json.writeValueAsString(duplicates), id)
                .update();
    }

    /** Deletes a set and releases its files. */
    @Transactional(propagation = Propagation.MANDATORY)
    void remove(UUID id) {
        List<String> files = jdbc.sql("""
                        select file_sha256 from class_image where class_set_id = :id
                        union
                        select thumbnail_sha256 from class_image where class_set_id = :id
                        """).param("id", id).query(String.class).list();
        jdbc.sql("delete from class_set where id = ?").param(id).update();
        artifacts.release(files);
    }

    private static Map<String, Object> ofOwner() {
        return Map.of("all", Owners.seeEverything(), "owner", Owners.present());
    }

    private ClassSet read(ResultSet row, int number) throws SQLException {
        return new ClassSet(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getInt("images"),
                row.getInt("captions"),
                List.of(json.readValue(row.getString("duplicates"), String[].class)),
                row.getTimestamp("created_at").toInstant());
    }

    private static ClassImage readImage(ResultSet row, int number) throws SQLException {
        return new ClassImage(
                row.getInt("position"),
                row.getString("file_name"),
                row.getString("original_format"),
                new ClassImage.Size(row.getInt("width"), row.getInt("height")),
                row.getString("caption"),
                new ClassImage.Files(row.getString("file_sha256"), row.getString("thumbnail_sha256")));
    }
}
