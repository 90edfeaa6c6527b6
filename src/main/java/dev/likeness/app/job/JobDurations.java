package dev.likeness.app.job;

import dev.likeness.app.json.StoredJson;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.TrainingSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Expects durations of jobs from the pace of earlier jobs on this installation. Jobs count if they succeeded at the
 * first attempt, on the same kind of device, with the same model and method and the same settings of a training step. They
 * may belong to any owner, because workers serve all owners.
 */
@Service
public class JobDurations {

    /** The latest jobs, so that a new machine soon shows. */
    private static final int LATEST = 10;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JobDurations(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = StoredJson.mapper(json);
    }

    /** The median of what the earlier jobs' paces give. */
    @Transactional(readOnly = true)
    public ExpectedDuration expect(JobDraft draft) {
        JobWork work = JobWork.of(draft.spec());
        List<Double> seconds =
                measured(draft).stream().map(it -> it.secondsFor(work)).sorted().toList();
        return seconds.isEmpty()
                ? new ExpectedDuration(null, 0, reason(draft))
                : new ExpectedDuration((int) Math.ceil(median(seconds)), seconds.size(), null);
    }

    private List<MeasuredJob> measured(JobDraft draft) {
        return jdbc
                .sql("""
                        select spec, steps_per_second,
                            (select sum(value::float) from jsonb_each_text(phase_seconds) where key <> 'preparing') as seconds
                        from job
                        where status = 'succeeded' and attempt = 1 and steps_per_second > 0
                        and model = :model and method = :method and spec @> :settings::jsonb
                        and (:device::text is null or memory ->> 'device' = :device)
                        order by created_at desc limit :latest
                        """)
                .param("model", draft.spec().model())
                .param("method", draft.spec().method())
                .param("settings", json.writeValueAsString(settings(draft.spec())))
                .param("device", device(draft))
                .param("latest", LATEST)
                .query(this::read)
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Settings that change the time of a training step. */
    private static Map<String, Object> settings(JobSpec spec) {
        TrainingSpec training = spec.training();
        return Map.of(
                "training",
                Map.of(
                        "resolution", training.resolution(),
                        "batch_size", training.batchSize(),
                        "gradient_accumulation", training.gradientAccumulation(),
                        "gradient_checkpointing", training.gradientCheckpointing(),
                        "train_text_encoder", training.trainTextEncoder(),
                        "precision", training.precision()),
                "prior",
                Map.of("enabled", spec.prior().enabled()),
                "face",
                Map.of("enabled", spec.face().enabled()));
    }

    /** Empty for a spec that only a newer release understands. */
    private Optional<MeasuredJob> read(ResultSet row, int number) throws SQLException {
        double stepsPerSecond = row.getDouble("steps_per_second");
        double seconds = row.getDouble("seconds");
        try {
            JobWork work = JobWork.of(json.readValue(row.getString("spec"), JobSpec.class));
            return Optional.of(new MeasuredJob(work, stepsPerSecond, seconds));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String device(JobDraft draft) {
        JobMemory memory = draft.memory();
        return memory == null ? null : memory.device();
    }

    private static String reason(JobDraft draft) {
        String device = device(draft);
        return "No job with the method %s, the model %s and these settings of a training step has finished%s yet."
                .formatted(
                        draft.spec().method(), draft.spec().model(), device == null ? "" : " on the device " + device);
    }

    private static double median(List<Double> sorted) {
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
