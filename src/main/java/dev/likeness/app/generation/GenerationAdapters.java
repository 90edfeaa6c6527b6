package dev.likeness.app.generation;

import dev.likeness.app.job.Job;
import dev.likeness.app.job.MergedAdapter;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The weights in a request for a generation, and its adapters: checked, and recorded as in use. */
@Component
class GenerationAdapters {

    private final RequestedWeightsReader reader;
    private final AdapterMerging merging;
    private final JobsInGenerations jobsInUse;

    GenerationAdapters(RequestedWeightsReader reader, AdapterMerging merging, JobsInGenerations jobsInUse) {
        this.reader = reader;
        this.merging = merging;
        this.jobsInUse = jobsInUse;
    }

    /** @see RequestedWeightsReader#take */
    RequestedWeights take(ObjectNode request) {
        return reader.take(request);
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
