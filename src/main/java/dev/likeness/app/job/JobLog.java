package dev.likeness.app.job;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads the log lines and the training figures of one job. */
@Service
@Transactional(readOnly = true)
public class JobLog {

    private final JdbcClient jdbc;

    JobLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Training figures by step. A step that ran again after a lost worker counts once, as it ran last. */
    public List<Measured> training(UUID jobId) {
        return jdbc.sql("""
                        select distinct on (step) step, loss, rate from (
                            select (data ->> 'step')::int as step, (data ->> 'loss')::float8 as loss,
                                (data ->> 'learning_rate')::float8 as rate, seq
                            from job_event where job_id = ? and type = 'metric' and jsonb_exists(data, 'loss')) as m
                        order by step, seq desc
                        """)
                .param(jobId)
                .query((row, number) -> new Measured(row.getInt("step"), row.getDouble("loss"), row.getDouble("rate")))
                .list();
    }

    /** Log lines, in their order. */
    public List<String> log(UUID jobId) {
        return jdbc.sql("""
                        select data ->> 'message' from job_event
                        where job_id = ? and type = 'log' and jsonb_exists(data, 'message') order by seq
                        """).param(jobId).query(String.class).list();
    }

    /**
     * Figures of a training step.
     *
     * @param loss may be NaN or infinite
     */
    public record Measured(int step, double loss, double learningRate) {}
}
