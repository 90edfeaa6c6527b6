package dev.likeness.app.web.openapi;

import static java.util.Map.entry;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Names every enumeration and object inside another schema. Generators create types from names, and otherwise invent a
 * name for each place. Nullability is part of the named schema, so that no rule spans a reference.
 */
class NamedSchemas implements OpenApiCustomizer {

    private static final String PREFIX = "#/components/schemas/";

    /**
     * Names for schemas in several places, and for places with unsuitable names. Other names combine those of owner and
     * field.
     */
    private static final Map<String, String> NAMES = Map.ofEntries(
            entry("CaptionForm.webhook_events_filter", "WebhookEvent"),
            entry("ContinueRequest.webhook_events_filter", "WebhookEvent"),
            entry("CopyRequest.webhook_events_filter", "WebhookEvent"),
            entry("EvaluationForm.webhook_events_filter", "WebhookEvent"),
            entry("GenerationForm.webhook_events_filter", "WebhookEvent"),
            entry("JobForm.webhook_events_filter", "WebhookEvent"),
            entry("JobRequest.webhook_events_filter", "WebhookEvent"),
            entry("PlanRequest.webhook_events_filter", "WebhookEvent"),
            entry("Job.status", "TaskStatus"),
            entry("Captions.status", "TaskStatus"),
            entry("Generation.status", "TaskStatus"),
            entry("EvaluationRun.status", "TaskStatus"),
            entry("listJobs.status", "TaskStatus"),
            entry("listJobs.method", "TrainingMethod"),
            entry("Job.cancel_reason", "CancelReason"),
            entry("Captions.cancel_reason", "CancelReason"),
            entry("Generation.cancel_reason", "CancelReason"),
            entry("EvaluationRun.cancel_reason", "CancelReason"),
            entry("Job.error", "Failure"),
            entry("Captions.error", "Failure"),
            entry("Generation.error", "Failure"),
            entry("EvaluationRun.error", "Failure"),
            entry("Failure.code", "ErrorCode"),
            entry("Job.checkpoint", "ChosenCheckpoint"),
            entry("Job.continued_from", "Continuation"),
            entry("Job.training_state", "TrainingState"),
            entry("ChosenCheckpoint.by", "ChosenFor"),
            entry("ChosenCheckpoint.weights", "WeightsKind"),
            entry("Generation.weights", "WeightsKind"),
            entry("GenerationForm.weights", "WeightsKind"),
            entry("Job.memory_plan", "MemoryPlan"),
            entry("Image.recipe", "Recipe"),
            entry("Image.format", "ImageFormat"),
            entry("Sampling.image_format", "ImageFormat"),
            entry("Identifiers.check", "IdentifierCheck"),
            entry("JobSpec.method", "TrainingMethod"),
            entry("Training.caption_source", "CaptionSource"),
            entry("Training.optimizer", "Optimizer"),
            entry("Training.loss_type", "LossType"),
            entry("Training.huber_schedule", "HuberSchedule"),
            entry("Training.precision", "Precision"),
            entry("CaptionSpec.mode", "CaptionMode"),
            entry("Prior.sampler", "Sampler"),
            entry("Sampling.sampler", "Sampler"),
            entry("EvaluationSpec.samplers", "Sampler"),
            entry("Evaluation.keep", "KeptWeights"),
            entry("Evaluation.score", "DecidingScore"),
            entry("Inversion.templates", "PromptTemplates"),
            entry("Inversion.momentum_mode", "MomentumMode"),
            entry("Sampling.prompt_weighting", "PromptWeighting"),
            entry("Prior.prompt_weighting", "PromptWeighting"),
            entry("Adapter.kind", "AdapterKind"),
            entry("Adapter.algorithms", "LoraAlgorithm"),
            entry("UsedAdapter.kind", "AdapterKind"),
            entry("Finding.severity", "Severity"),
            entry("Advice.severity", "Severity"),
            entry("Score.images", "ScoredImages"),
            entry("WorkerTask.kind", "TaskKind"),
            entry("DeliveredTask.kind", "TaskKind"),
            entry("Plan.memory_plan", "MemoryPlan"));

    @Override
    public void customise(OpenAPI api) {
        Map<String, Schema<?>> named = new LinkedHashMap<>();
        new TreeMap<>(api.getComponents().getSchemas())
                .forEach((owner, schema) -> nameProperties(owner, schema, named));
        for (PathItem path : api.getPaths().values()) {
            path.readOperations().forEach(operation -> nameParameters(operation, named));
        }
        named.forEach((name, schema) -> {
            if (api.getComponents().getSchemas().putIfAbsent(name, schema) != null) {
                throw new IllegalStateException("there is another schema %s".formatted(name));
            }
        });
    }

    private static void nameProperties(String owner, Schema<?> schema, Map<String, Schema<?>> named) {
        if (schema.getAllOf() != null) {
            schema.getAllOf().forEach(part -> nameProperties(owner, part, named));
        }
        if (schema.getProperties() != null) {
            schema.getProperties().replaceAll((field, property) -> inPlaceOf(owner + "." + field, property, named));
        }
    }

    private static void nameParameters(Operation operation, Map<String, Schema<?>> named) {
        if (operation.getParameters() != null) {
            operation
                    .getParameters()
                    .forEach(it -> it.setSchema(
                            inPlaceOf(operation.getOperationId() + "." + it.getName(), it.getSchema(), named)));
        }
    }

    private static Schema<?> inPlaceOf(String place, Schema<?> schema, Map<String, Schema<?>> named) {
        if (schema.getItems() != null) {
            schema.setItems(inPlaceOf(place, schema.getItems(), named));
            return schema;
        }
        Schema<?> content = content(schema);
        if (content == null) {
            return schema;
        }
        String name = NAMES.getOrDefault(place, name(place));
        content.nullable(schema.getNullable());
        Schema<?> before = named.putIfAbsent(name, content);
        if (before == null) {
            nameProperties(name, content, named);
        } else if (!Objects.equals(before.getEnum(), content.getEnum())
                || !Objects.equals(before.getNullable(), content.getNullable())) {
            throw new IllegalStateException("%s is not the %s of other places".formatted(place, name));
        }
        return new Schema<>().$ref(PREFIX + name);
    }

    /** The schema to name, or null. */
    private static @Nullable Schema<?> content(Schema<?> schema) {
        if (schema.getEnum() != null) {
            StringSchema words = new StringSchema();
            schema.getEnum().forEach(it -> words.addEnumItem(it.toString()));
            return words;
        }
        if (schema.getProperties() != null) {
            Schema<?> object = new Schema<>().type(schema.getType());
            object.setProperties(new LinkedHashMap<>(schema.getProperties()));
            object.setRequired(schema.getRequired());
            return object;
        }
        return null;
    }

    /** {@code Face.region} becomes FaceRegion. */
    private static String name(String place) {
        return Arrays.stream(place.split("[._]"))
                .map(it -> it.substring(0, 1).toUpperCase(Locale.ROOT) + it.substring(1))
                .collect(Collectors.joining());
    }
}
