package dev.likeness.app;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Queries and changes of the database by tests. Names of tables and columns are in this class. */
public class TestDatabase {

    private static final String LONG_SILENT = "last_heartbeat = now() - interval '1 hour'";

    private final JdbcClient jdbc;

    TestDatabase(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Rows of a table. */
    public int rows(String table) {
        return count("select count(*) from " + table);
    }

    /** Transactions that wait for a lock of another one. */
    public int blockedTransactions() {
        return count("select count(*) from pg_locks where not granted");
    }

    /** Tasks in the queue, leased ones included. */
    public int tasks() {
        return rows("scheduled_tasks");
    }

    /** Whether a task is in the queue. */
    public boolean hasTask(UUID id) {
        return count("select count(*) from scheduled_tasks where task_instance = ?", id.toString()) == 1;
    }

    /** Tasks that a worker has leased. */
    public int leasedTasks() {
        return count("select count(*) from scheduled_tasks where picked");
    }

    /** Whether a worker has leased this task. */
    public boolean isLeased(UUID id) {
        return count("select count(*) from scheduled_tasks where picked and task_instance = ?", id.toString()) == 1;
    }

    /** When a task is due. */
    public Instant due(UUID id) {
        return jdbc.sql("select execution_time from scheduled_tasks where task_instance = ?")
                .param(id.toString())
                .query(Timestamp.class)
                .single()
                .toInstant();
    }

    /** Removes every task. */
    public void clearQueue() {
        jdbc.sql("delete from scheduled_tasks").update();
    }

    /** Leases every task for a worker. */
    public void leaseAll(String worker) {
        jdbc.sql("update scheduled_tasks set picked = true, picked_by = ?, version = version + 1")
                .param(worker)
                .update();
    }

    /** Leases a task for a worker that has been silent since an hour ago. */
    public void leaseSilently(UUID id, String worker) {
        jdbc.sql("update scheduled_tasks set picked = true, picked_by = ?, version = version + 1, " + LONG_SILENT
                        + " where task_instance = ?")
                .params(worker, id.toString())
                .update();
    }

    /** Every worker has been silent since an hour ago, as after an outage of the database. */
    public void silenceWorkers() {
        jdbc.sql("update scheduled_tasks set " + LONG_SILENT).update();
    }

    private int count(String sql, Object... parameters) {
        return jdbc.sql(sql).params(parameters).query(Integer.class).single();
    }
}
