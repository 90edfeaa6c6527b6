package dev.likeness.app.generation;

import dev.likeness.app.job.Job;
import dev.likeness.app.job.MergedAdapter;
import dev.likeness.app.spec.InvalidSpecException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The adapters that a generation merges: read from its request, checked, and recorded as in use. */
@Component
class GenerationAdapters {

    private final AdapterUseReader reader;
    private final AdapterMerging merging;
    private final JobsInGenerations jobsInUse;

    GenerationAdapters(AdapterUseReader reader, AdapterMerging merging, JobsInGenerations jobsInUse) {
        this.reader = reader;
        this.merging = merging;
        this.jobsInUse = jobsInUse;
    }

    /** @throws InvalidSpecException with locations from the request's root */
    List<AdapterUse> read(@Nullable JsonNode adapters) {
        return reader.read(adapters);
    }

    /** @see AdapterMerging#resolve */
    List<MergedAdapter> resolve(Job job, List<AdapterUse> uses, List<String> prompts) {
        return merging.resolve(job, uses, prompts);
    }

    /** Records the adapters of a generation, whose row must exist. */
    void record(UUID generationId, List<MergedAdapter> adapters) {
        jobsInUse.add(generationId, adapters);
    }
}
