package dev.likeness.app.web.generation;

import dev.likeness.app.generation.Generation;
import dev.likeness.app.generation.Generations;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.JobResults;
import dev.likeness.app.page.KeysetPage;
import dev.likeness.app.score.Score;
import dev.likeness.app.task.Label;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.web.http.Cursors;
import dev.likeness.app.web.task.TaskViews;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Collects the data for views of generations, in one transaction each. */
@Component
@Transactional(readOnly = true)
class GenerationViews implements TaskViews {

    private final Generations generations;
    private final JobResults results;

    GenerationViews(Generations generations, JobResults results) {
        this.generations = generations;
        this.results = results;
    }

    @Override
    public TaskRef.Kind kind() {
        return TaskRef.Kind.GENERATION;
    }

    @Override
    public GenerationView get(UUID id) {
        return of(generations.get(id));
    }

    GenerationView of(Generation generation) {
        return of(List.of(generation)).get(0);
    }

    GenerationPageView page(UUID jobId, List<Label> labels, KeysetScrollPosition from, int limit) {
        KeysetPage<Generation> page = generations.page(jobId, labels, from, limit);
        return new GenerationPageView(of(page.entries()), Cursors.link(page.older()), Cursors.link(page.newer()));
    }

    private List<GenerationView> of(List<Generation> page) {
        List<UUID> ids = page.stream().map(Generation::id).toList();
        Map<UUID, List<JobImage>> images = results.imagesOfGenerations(ids);
        Map<UUID, List<Score>> scores = results.scoresOfGenerations(ids);
        return page.stream()
                .map(it -> GenerationView.of(
                        it, images.getOrDefault(it.id(), List.of()), scores.getOrDefault(it.id(), List.of())))
                .toList();
    }
}
