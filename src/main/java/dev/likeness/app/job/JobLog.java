package dev.likeness.app.job;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads the log lines and the training metrics of one job. */
@Service
@Transactional(readOnly = true)
public class JobLog {

    private final JdbcClient jdbc;

    JobLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Training metrics by step. If a step ran again after a worker was lost, only its last run counts. */
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

    /** Log lines in order. */
    public List<String> log(UUID jobId) {
        return jdbc.sql("""
                        select data ->> 'message' from job_event
                        where job_id = ? and type = 'log' and jsonb_exists(data, 'message') order by seq
                        """).param(jobId).query(String.class).list();
    }

    /**
     * Measurements of a training step.
     *
     * @param loss may be NaN or infinite
     */
    public record Measured(int step, double loss, double learningRate) {}
}
