package dev.likeness.app.job;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ScoreRepository extends Repository<Score, Long> {

    Score save(Score score);

    List<Score> findByJobIdInOrderByStepAscIdAsc(Collection<UUID> jobIds);

    @Modifying
    @Query("""
            delete from Score s where s.jobId = :jobId and s.metric = :metric and s.step = :step
            and (s.subset = :subset or s.subset is null and :subset is null)
            """)
    void deleteAt(UUID jobId, Metric metric, int step, @Nullable String subset);
}
