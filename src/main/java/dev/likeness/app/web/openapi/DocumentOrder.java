package dev.likeness.app.web.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Puts tags, and with them paths, in the order in which somebody needs them who begins with a job. */
public class DocumentOrder implements OpenApiCustomizer {

    public static final String JOBS = "Jobs";
    public static final String RESULTS = "Results";
    public static final String ARTIFACTS = "Artifacts";
    public static final String GENERATIONS = "Generations";
    public static final String CHECKPOINTS = "Checkpoints";
    public static final String SUBJECTS = "Subjects";
    public static final String CATALOGUE = "Catalogue";
    public static final String ADAPTERS = "Adapters";
    public static final String EVALUATIONS = "Evaluations";
    public static final String WEBHOOKS = "Webhooks";
    public static final String ADMINISTRATION = "Administration";

    private static final List<Tag> TAGS = List.of(
            tag(JOBS, "Training jobs from submission to deletion."),
            tag(RESULTS, "What jobs made."),
            tag(ARTIFACTS, "Files that other programs can load."),
            tag(GENERATIONS, "More images from finished jobs."),
            tag(CHECKPOINTS, "The weights a training went through, and which of them are the result."),
            tag(SUBJECTS, "Pictures before jobs, and what they show."),
            tag(CATALOGUE, "What can be trained, and with what defaults."),
            tag(ADAPTERS, "LoRA files and embeddings that were made elsewhere, to draw with."),
            tag(EVALUATIONS, "Tables of scores over finished jobs."),
            tag(WEBHOOKS, "What is told to receivers when a job becomes final."),
            tag(ADMINISTRATION, "Keys of callers and of links; needs the scope admin."));

    private static final List<String> NAMES = TAGS.stream().map(Tag::getName).toList();

    @Override
    public void customise(OpenAPI api) {
        api.setTags(TAGS);
        Paths ordered = new Paths();
        api.getPaths().entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, PathItem>>comparingInt(it -> place(it.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .forEach(it -> ordered.addPathItem(it.getKey(), it.getValue()));
        api.setPaths(ordered);
    }

    /** That of its first operation. */
    private static int place(PathItem path) {
        return path.readOperations().stream()
                .map(Operation::getTags)
                .mapToInt(tags -> NAMES.indexOf(tags.get(0)))
                .min()
                .orElse(NAMES.size());
    }

    private static Tag tag(String name, String description) {
        return new Tag().name(name).description(description);
    }
}
