package dev.likeness.app;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests ask of rows of evaluations, and change in them. */
public final class EvaluationRows {

    private final JdbcClient jdbc;

    EvaluationRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Digest of the first image of an evaluation. */
    public String image(UUID id) {
        return jdbc.sql("select file_sha256 from evaluation_image where evaluation_id = ? order by table_row limit 1")
                .param(id)
                .query(String.class)
                .single();
    }

    /** Renames a metric in the scores of an evaluation. */
    public void renameMetric(UUID id, String from, String to) {
        jdbc.sql("""
                        update evaluation_row set scores = (
                            select jsonb_agg(case when score->>'metric' = :from
                                then score || jsonb_build_object('metric', :to) else score end)
                            from jsonb_array_elements(scores) score
                        ) where evaluation_id = :id
                        """).param("from", from).param("to", to).param("id", id).update();
    }
}
