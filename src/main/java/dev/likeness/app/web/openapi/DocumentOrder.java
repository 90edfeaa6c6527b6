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

/** Orders tags and thus paths: jobs come first. */
public class DocumentOrder implements OpenApiCustomizer {

    public static final String JOBS = "Jobs";
    public static final String RESULTS = "Results";
    public static final String ARTIFACTS = "Artifacts";
    public static final String GENERATIONS = "Generations";
    public static final String CHECKPOINTS = "Checkpoints";
    public static final String SUBJECTS = "Subjects";
    public static final String CLASS_SETS = "Class sets";
    public static final String CATALOGUE = "Catalogue";
    public static final String ADAPTERS = "Adapters";
    public static final String EVALUATIONS = "Evaluations";
    public static final String WORKERS = "Workers";
    public static final String WEBHOOKS = "Webhooks";
    public static final String ADMINISTRATION = "Administration";

    private static final List<String> NAMES = List.of(
            JOBS,
            RESULTS,
            ARTIFACTS,
            GENERATIONS,
            CHECKPOINTS,
            SUBJECTS,
            CLASS_SETS,
            CATALOGUE,
            ADAPTERS,
            EVALUATIONS,
            WORKERS,
            WEBHOOKS,
            ADMINISTRATION);

    @Override
    public void customise(OpenAPI api) {
        api.setTags(NAMES.stream().map(it -> new Tag().name(it)).toList());
        Paths ordered = new Paths();
        api.getPaths().entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, PathItem>>comparingInt(it -> place(it.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .forEach(it -> ordered.addPathItem(it.getKey(), it.getValue()));
        api.setPaths(ordered);
    }

    /** The position of its first operation. */
    private static int place(PathItem path) {
        return path.readOperations().stream()
                .map(Operation::getTags)
                .mapToInt(tags -> NAMES.indexOf(tags.get(0)))
                .min()
                .orElse(NAMES.size());
    }
}
