package dev.likeness.app.page;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Window;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Pages of a query in SQL, for lists without entities.
 *
 * @param query with columns {@code created_at} and {@code id}, and named parameters
 * @param parameters of the query
 */
public record KeysetSql(JdbcClient jdbc, String query, Map<String, Object> parameters) {

    /** Entries beyond a position, in its direction. */
    public <T> KeysetPage<T> page(KeysetScrollPosition from, int limit, RowMapper<T> mapper) {
        return KeysetPage.of((position, most) -> window(position, most, mapper), from, limit);
    }

    private <T> Window<T> window(KeysetScrollPosition from, Limit limit, RowMapper<T> mapper) {
        boolean forward = from.scrollsForward();
        String beyond = from.isInitial()
                ? ""
                : "where (created_at, id) %s (:beyondCreatedAt, :beyondId) ".formatted(forward ? "<" : ">");
        StatementSpec statement = jdbc.sql("select * from (%s) as listed %s order by created_at %s, id %3$s limit :most"
                        .formatted(query, beyond, forward ? "desc" : "asc"))
                .params(parameters)
                .param("most", limit.max() + 1);
        if (!from.isInitial()) {
            statement = statement
                    .param("beyondCreatedAt", Timestamp.from(KeysetPage.createdAt(from)))
                    .param("beyondId", KeysetPage.id(from));
        }
        List<Entry<T>> found = statement
                .query((row, number) -> new Entry<>(
                        mapper.mapRow(row, number),
                        KeysetPage.position(
                                row.getTimestamp("created_at").toInstant(),
                                row.getObject("id", UUID.class),
                                from.getDirection())))
                .list();
        List<Entry<T>> newestFirst = new ArrayList<>(found.subList(0, Math.min(limit.max(), found.size())));
        if (!forward) {
            Collections.reverse(newestFirst);
        }
        return Window.from(
                newestFirst.stream().map(Entry::value).toList(),
                i -> newestFirst.get(i).position(),
                found.size() > limit.max());
    }

    private record Entry<T>(T value, KeysetScrollPosition position) {}
}
