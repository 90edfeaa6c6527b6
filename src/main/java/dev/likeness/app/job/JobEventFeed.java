package dev.likeness.app.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Reads the events of many jobs at once. */
@Service
@Transactional(readOnly = true)
public class JobEventFeed {

    private static final int LIMIT = 500;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JobEventFeed(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * The events after the last seen ones.
     *
     * @param seen number of the last seen event, by job
     * @return by job; deleted jobs are missing
     */
    public Map<UUID, News> after(Map<UUID, Long> seen) {
        String watched = json.writeValueAsString(seen.entrySet().stream()
                .map(it -> Map.of("id", it.getKey(), "seq", it.getValue()))
                .toList());
        Map<UUID, News> news = new HashMap<>();
        // Selected before the events, so that all events of a final job are found below.
        jdbc.sql("""
                        select id, completed_at is not null as over from job
                        where id in (select id from jsonb_to_recordset(:watched::jsonb) as w (id uuid))
                        """).param("watched", watched).query(row -> {
            news.put(row.getObject("id", UUID.class), new News(row.getBoolean("over"), new ArrayList<>()));
        });
        jdbc.sql("""
                        select e.* from jsonb_to_recordset(:watched::jsonb) as w (id uuid, seq bigint)
                        cross join lateral (
                            select job_id, seq, type, data || jsonb_build_object('created_at', to_char(
                                created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) as data from job_event
                            where job_id = w.id and seq > w.seq order by seq limit :limit) as e
                        order by e.job_id, e.seq
                        """).param("watched", watched).param("limit", LIMIT).query(row -> {
            News of = news.get(row.getObject("job_id", UUID.class));
            if (of != null) {
                of.events().add(new Event(row.getLong("seq"), row.getString("type"), row.getString("data")));
            }
        });
        return news;
    }

    /**
     * New events of a job.
     *
     * @param over whether the job is final
     */
    public record News(boolean over, List<Event> events) {

        /** Whether these are the last events. */
        public boolean isComplete() {
            return over && events.size() < LIMIT;
        }
    }

    /**
     * An event of a job.
     *
     * @param seq counted from 1 within the job, without gaps
     * @param type wire name
     * @param data a JSON object, with the event's time as {@code created_at}
     */
    public record Event(long seq, String type, String data) {}
}
