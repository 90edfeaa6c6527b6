package dev.likeness.app.job;

import dev.likeness.app.artifact.StoredFile;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Prior images, kept once for every job that would draw the same ones. */
@Service
@Transactional
public class PriorImages {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    PriorImages(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * The images of a set that was kept.
     *
     * @param key over everything the images depend on
     * @return hashes of the files in drawing order; empty if they were never kept
     */
    @Transactional(readOnly = true)
    public List<String> find(String key) {
        return jdbc.sql("select file_sha256 from prior_image where key = ? order by position")
                .param(key)
                .query(String.class)
                .list();
    }

    /** Keeps a whole set. If somebody else kept it meanwhile, theirs stays. */
    public void keep(PriorSet set, List<StoredFile> files) {
        int added = jdbc.sql("""
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
        if (added == 0) {
            return;
        }
        for (int i = 0; i < files.size(); i++) {
            jdbc.sql("insert into prior_image (key, position, file_sha256) values (?, ?, ?)")
                    .params(set.key(), i, files.get(i).sha256())
                    .update();
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
