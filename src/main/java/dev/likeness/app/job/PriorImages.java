package dev.likeness.app.job;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Prior images, kept once for every job that would draw the same ones. A job that wants more of them extends the set. */
@Service
@Transactional
public class PriorImages {

    private final JdbcClient jdbc;
    private final ArtifactStore artifacts;
    private final JsonMapper json;
    private final Clock clock;

    PriorImages(JdbcClient jdbc, ArtifactStore artifacts, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.artifacts = artifacts;
        this.json = json;
        this.clock = clock;
    }

    /**
     * The first images of a set, as far as they were kept.
     *
     * @param key over everything the images depend on
     * @param images how many are wanted
     * @return hashes of the files by position
     */
    @Transactional(readOnly = true)
    public Map<Integer, String> find(String key, int images) {
        Map<Integer, String> found = new TreeMap<>();
        jdbc.sql("select position, file_sha256 from prior_image where key = ? and position < ?")
                .params(key, images)
                .query(row -> {
                    found.put(row.getInt("position"), row.getString("file_sha256"));
                });
        return found;
    }

    /** Keeps an image of a set. If somebody else has kept the same one meanwhile, theirs stays. */
    public void keep(PriorSet set, int position, StoredFile file) {
        jdbc.sql("""
                        insert into prior_set (key, prompt, model_hash, settings, created_at)
                        values (?, ?, ?, ?::jsonb, ?) on conflict do nothing
                        """)
                .params(
                        set.key(),
                        set.prompt(),
                        set.modelHash(),
                        json.writeValueAsString(set.settings()),
                        Timestamp.from(clock.instant()))
                .update();
        int added = jdbc.sql("""
                        insert into prior_image (key, position, file_sha256) values (?, ?, ?) on conflict do nothing
                        """).params(set.key(), position, file.sha256()).update();
        if (added == 0) {
            artifacts.release(List.of(file.sha256()));
        }
    }

    /**
     * What a set of prior images was drawn with.
     *
     * @param key SHA-256 over all of it, hexadecimal
     * @param modelHash SHA-256 of the base model
     * @param settings negative prompt, sampler, steps, guidance, size and seed
     */
    public record PriorSet(String key, String prompt, String modelHash, Map<String, Object> settings) {}
}
