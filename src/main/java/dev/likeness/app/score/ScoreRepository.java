package dev.likeness.app.score;

import dev.likeness.diffusion.evaluation.Metric;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

public interface ScoreRepository extends Repository<ScoreEntity, Long> {

    ScoreEntity save(ScoreEntity score);

    /** Scores of jobs. Metrics of a newer release are left out. */
    default List<ScoreEntity> findOwn(Collection<UUID> jobIds) {
        return findOwn(jobIds, EnumSet.allOf(Metric.class));
    }

    @Query("""
            select s from ScoreEntity s where s.jobId in :jobIds and s.generationId is null and s.score.metric in :metrics
            order by s.score.selection.step, s.score.selection.images, s.id
            """)
    List<ScoreEntity> findOwn(Collection<UUID> jobIds, Set<Metric> metrics);

    /** Scores of generations. Metrics of a newer release are left out. */
    default List<ScoreEntity> findOfGenerations(Collection<UUID> generationIds) {
        return findOfGenerations(generationIds, EnumSet.allOf(Metric.class));
    }

    @Query("""
            select s from ScoreEntity s where s.generationId in :generationIds and s.score.metric in :metrics
            order by s.id
            """)
    List<ScoreEntity> findOfGenerations(Collection<UUID> generationIds, Set<Metric> metrics);

    @Modifying
    @Query(
            "delete from ScoreEntity s where s.jobId = :jobId and s.score.selection.images = :images and s.score.selection.step > 0")
    void deleteTrained(UUID jobId, ImageSet images);

    @Modifying
    @Query("""
            delete from ScoreEntity s where s.jobId = :jobId
            and (s.generationId = :generationId or s.generationId is null and :generationId is null)
            and s.score.selection.images = :images and s.score.metric = :metric
            and s.score.selection.step = :step
            and (s.score.selection.subset = :subset or s.score.selection.subset is null and :subset is null)
            """)
    void deleteAt(
            UUID jobId, @Nullable UUID generationId, ImageSet images, Metric metric, int step, @Nullable String subset);
}
