package dev.likeness.app.web.catalogue;

import dev.likeness.app.job.Jobs;
import dev.likeness.app.job.Preset;
import dev.likeness.app.job.PromptList;
import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.ModelIdentifiers;
import dev.likeness.app.web.catalogue.IdentifiersView.IdentifierView;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What can be trained, and with what defaults. */
@RestController
@RequestMapping(path = "/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = DocumentOrder.CATALOGUE)
class CatalogueController {

    private static final int SUGGESTIONS = 10;
    private static final String CLASS_WORD = "What the subject is: an identifier must not be the same.";
    private static final String IDENTIFIER = "A word to check.";

    private final ModelCatalogue models;
    private final ModelIdentifiers identifiers;
    private final Jobs jobs;

    CatalogueController(ModelCatalogue models, ModelIdentifiers identifiers, Jobs jobs) {
        this.models = models;
        this.identifiers = identifiers;
        this.jobs = jobs;
    }

    @GetMapping("/models")
    @Operation(
            operationId = "listModels",
            summary = "List base models",
            description = "Base models that can be trained.")
    ModelsView models() {
        return new ModelsView(models.listed().stream()
                .map(it -> ModelView.of(it, models.defaultModel()))
                .toList());
    }

    /** Ids of models have a slash, as on the Hugging Face Hub, and it stands in the path as it is. */
    @GetMapping("/models/{owner}/{name}/identifiers")
    @Operation(
            operationId = "listIdentifiers",
            summary = "Suggest identifiers",
            description =
                    "Rare words of this model's own vocabulary, one of which may stand for a subject; and what the"
                            + " model makes of a proposed one. The model's id is {owner}/{name}.")
    @Refuses(ProblemType.NOT_FOUND)
    IdentifiersView identifiers(
            @Parameter(description = "First part of the model's id.", example = "likeness") @PathVariable String owner,
            @Parameter(description = "Second part of the model's id.", example = "tiny-world") @PathVariable
                    String name,
            @Parameter(description = CLASS_WORD, example = "bird") @RequestParam(name = "class_word", defaultValue = "")
                    String classWord,
            @Parameter(description = IDENTIFIER, example = "sks") @RequestParam(required = false) @Nullable
                    String identifier) {
        return identifiers(owner + "/" + name, classWord, identifier);
    }

    @GetMapping("/models/{id}/identifiers")
    @Operation(
            operationId = "listIdentifiersWithoutOwner",
            summary = "Suggest identifiers for a model without owner",
            description = "The same for a model whose id has no slash.")
    @Refuses(ProblemType.NOT_FOUND)
    IdentifiersView identifiers(
            @Parameter(description = "Id of the model.", example = "my-model") @PathVariable String id,
            @Parameter(description = CLASS_WORD, example = "bird") @RequestParam(name = "class_word", defaultValue = "")
                    String classWord,
            @Parameter(description = IDENTIFIER, example = "sks") @RequestParam(required = false) @Nullable
                    String identifier) {
        BaseModel model = models.get(id);
        return new IdentifiersView(
                id,
                identifiers.suggest(model, classWord, SUGGESTIONS).stream()
                        .map(IdentifierView::of)
                        .toList(),
                identifier == null ? null : IdentifierView.of(identifiers.check(model, identifier, classWord)));
    }

    @GetMapping("/presets")
    @Operation(operationId = "listPresets", summary = "List presets", description = "Named defaults for a job's spec.")
    PresetsView presets() {
        return new PresetsView(jobs.presets().stream()
                .map(it -> PresetView.of(it, models.find(it.model()).isPresent()))
                .toList());
    }

    @GetMapping("/prompt-lists")
    @Operation(
            operationId = "listPromptLists",
            summary = "List lists of prompts",
            description = "Named prompts to judge checkpoints by, for a spec's evaluation.")
    PromptListsView promptLists() {
        return new PromptListsView(
                jobs.promptLists().stream().map(PromptListView::of).toList());
    }

    @Schema(name = "Models", description = "Base models.")
    record ModelsView(
            @Schema(description = "The models, by id.") List<ModelView> results) {}

    @Schema(name = "Model", description = "A base model.")
    record ModelView(
            @Schema(description = "Id, for a spec's model.", example = "likeness/tiny-world")
            String id,

            @Schema(description = "Always model.", example = "model")
            String object,

            @Schema(description = "For people.", example = "A small model of emoji-like objects.")
            String description,

            @Schema(
                    description = "Where it comes from.",
                    example = "bundled",
                    allowableValues = {"bundled", "configured"})
            String source,

            @Schema(
                    description =
                            "Whether it is on the server. A remote one is downloaded when a job first needs it, or is"
                                    + " still unknown: then only what was configured is told.",
                    example = "ready",
                    allowableValues = {"ready", "remote", "downloading", "failed"})
            String status,

            @Schema(
                    description = "Why it failed.",
                    nullable = true,
                    example = "acme/sd-1.5 is gated: accept its terms at the hub, and set likeness.hub.token")
            @Nullable
            String statusReason,

            @Schema(
                    description = "The commit of its repository; null if it is of none.",
                    nullable = true,
                    example = "39593d5650112b4cc580433f6b0435385882d819")
            @Nullable
            String commit,

            @Schema(
                    description = "Its kind, as diffusers names it.",
                    nullable = true,
                    example = "StableDiffusionPipeline")
            @Nullable
            String pipeline,

            @Schema(description = "Native picture side in pixels.", nullable = true, example = "64") @Nullable
            Integer resolution,

            @Schema(
                    description = "Every picture side has to be a multiple of this many pixels.",
                    nullable = true,
                    example = "16")
            @Nullable
            Integer sizeMultiple,

            @Schema(description = "Whether a job gets it that names none.", example = "true")
            boolean isDefault,

            @Schema(
                    description = "Its own defaults for a job's spec.",
                    additionalProperties = AdditionalPropertiesValue.TRUE,
                    example = "{\"training\": {\"steps\": 400}}")
            Map<String, Object> defaults) {

        static ModelView of(ModelCatalogue.Listed listed, String defaultModel) {
            Optional<BaseModel> model = listed.model();
            return new ModelView(
                    listed.id(),
                    "model",
                    model.map(BaseModel::description).orElse(""),
                    listed.source().name().toLowerCase(Locale.ROOT),
                    listed.state().status().name().toLowerCase(Locale.ROOT),
                    listed.state().reason(),
                    listed.state().commit(),
                    model.map(BaseModel::pipeline).orElse(null),
                    model.map(BaseModel::resolution).orElse(null),
                    model.map(BaseModel::sizeMultiple).orElse(null),
                    listed.id().equals(defaultModel),
                    model.map(BaseModel::defaults).orElse(Map.of()));
        }
    }

    @Schema(name = "Presets", description = "Presets.")
    record PresetsView(
            @Schema(description = "The presets, by id.") List<PresetView> results) {}

    @Schema(name = "Preset", description = "Named defaults for a job's spec.")
    record PresetView(
            @Schema(description = "Id, for a spec's preset.", example = "tiny-world-fast")
            String id,

            @Schema(description = "Always preset.", example = "preset")
            String object,

            @Schema(description = "For people.", example = "For trying things out.")
            String description,

            @Schema(description = "Id of the base model it was made for.", example = "likeness/tiny-world")
            String model,

            @Schema(description = "Whether that model is there.", example = "true")
            boolean available,

            @Schema(
                    description = "The part of a job's spec that it sets.",
                    additionalProperties = AdditionalPropertiesValue.TRUE,
                    example = "{\"training\": {\"steps\": 150}}")
            Map<String, Object> spec) {

        static PresetView of(Preset preset, boolean available) {
            return new PresetView(
                    preset.id(), "preset", preset.description(), preset.model(), available, preset.spec());
        }
    }

    @Schema(name = "PromptLists", description = "Lists of prompts.")
    record PromptListsView(
            @Schema(description = "The lists, by id.") List<PromptListView> results) {}

    @Schema(name = "PromptList", description = "Named prompts to judge checkpoints by.")
    record PromptListView(
            @Schema(description = "Id, for an evaluation's prompt_list.", example = "live")
            String id,

            @Schema(description = "Always prompt_list.", example = "prompt_list")
            String object,

            @Schema(description = "For people.", example = "Animals and people.")
            String description,

            @Schema(description = "Subjects that get it where the prompt_list is auto.", example = "[\"dog\"]")
            List<String> classWords,

            @Schema(
                    description = "Its prompts, by what they ask of the model.",
                    example = "{\"accessory\": [\"a {subject} wearing a straw hat\"]}")
            Map<String, List<String>> kinds) {

        static PromptListView of(PromptList list) {
            return new PromptListView(list.id(), "prompt_list", list.description(), list.classWords(), list.kinds());
        }
    }
}
