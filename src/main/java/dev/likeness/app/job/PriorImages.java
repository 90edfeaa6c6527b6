package dev.likeness.app.job;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Images of the untrained model: prior images, and images that score it. All jobs with the same settings for them share
 * them, and they are kept while such a job exists. A job that needs more of them extends the set.
 */
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
     * Registers a job as a user of a set, which stays until its last user is deleted.
     *
     * @param images number of required images
     * @return the first images of the set that are already saved: hashes of the files by position
     */
    public Map<Integer, String> use(UUID jobId, PriorSet set, int images) {
        do {
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
            // The last job with the set may have been deleted in between.
        } while (!shareRow(set.key()));
        jdbc.sql("insert into job_prior_set (job_id, key) values (?, ?) on conflict do nothing")
                .params(jobId, set.key())
                .update();
        return find(set.key(), images);
    }

    private boolean shareRow(String key) {
        return jdbc.sql("select key from prior_set where key = ? for key share")
                .param(key)
                .query(String.class)
                .optional()
                .isPresent();
    }

    private Map<Integer, String> find(String key, int images) {
        Map<Integer, String> found = new TreeMap<>();
        jdbc.sql("select position, file_sha256 from prior_image where key = ? and position < ?")
                .params(key, images)
                .query(row -> {
                    found.put(row.getInt("position"), row.getString("file_sha256"));
                });
        return found;
    }

    /**
     * Keeps an image of a set that a job has. An image that another job has kept meanwhile stays instead. If the
     * job has been deleted, the image is deleted too.
     */
    public void keep(UUID jobId, PriorSet set, int position, StoredFile file) {
        int added =
                jdbc.sql("""
                        insert into prior_image (key, position, file_sha256)
                        select key, ?, ? from job_prior_set where job_id = ? and key = ? on conflict do nothing
                        """).params(position, file.sha256(), jobId, set.key()).update();
        if (added == 0) {
            artifacts.release(List.of(file.sha256()));
        }
    }

    /**
     * Takes a damaged file out of a set. The set then lacks the image. One that another job has kept meanwhile
     * stays.
     */
    public void forget(PriorSet set, int position, String sha256) {
        int removed = jdbc.sql("delete from prior_image where key = ? and position = ? and file_sha256 = ?")
                .params(set.key(), position, sha256)
                .update();
        if (removed > 0) {
            artifacts.release(List.of(sha256));
        }
    }

    /** Deletes the sets that only this job has; a file goes unless something else refers to it. */
    @Transactional(propagation = Propagation.MANDATORY)
    void leave(UUID jobId) {
        // Waits for a transaction that is about to use one of them, or makes it wait.
        List<String> keys = jdbc.sql("""
                        select key from prior_set where key in (select key from job_prior_set where job_id = ?)
                        order by key for update
                        """).param(jobId).query(String.class).list();
        jdbc.sql("delete from job_prior_set where job_id = ?").param(jobId).update();
        for (String key : keys) {
            List<String> files = jdbc.sql("select file_sha256 from prior_image where key = ?")
                    .param(key)
                    .query(String.class)
                    .list();
            int deleted = jdbc.sql(
                            "delete from prior_set where key = ? and not exists (select 1 from job_prior_set where key = prior_set.key)")
                    .param(key)
                    .update();
            if (deleted == 1) {
                artifacts.release(files);
            }
        }
    }

    /**
     * The settings that a set was generated with.
     *
     * @param key SHA-256 of all settings, hexadecimal
     * @param modelHash SHA-256 of the base model
     * @param settings negative prompt, sampler, steps, guidance, size, seed of the first image, and others
     */
    public record PriorSet(String key, String prompt, String modelHash, Map<String, Object> settings) {}
}
