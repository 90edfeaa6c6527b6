package dev.likeness.app.web.catalogue;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.likeness.app.hub.DownloadProgress;
import dev.likeness.app.model.BaseModel;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.ModelIdentifiers;
import dev.likeness.app.model.ModelState;
import dev.likeness.app.spec.EvaluationPrompts;
import dev.likeness.app.spec.Preset;
import dev.likeness.app.spec.PromptList;
import dev.likeness.app.spec.SpecFiles;
import dev.likeness.app.web.catalogue.IdentifiersView.IdentifierView;
import dev.likeness.app.web.openapi.DocumentOrder;
import dev.likeness.app.web.problem.ProblemType;
import dev.likeness.app.web.problem.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.media.Schema.SchemaResolution;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Models, presets and other choices for training, with defaults. */
@RestController
@RequestMapping(path = "/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = DocumentOrder.CATALOGUE)
class CatalogueController {

    private static final int SUGGESTIONS = 10;
    private static final String CLASS_WORD = "What the subject is: an identifier must not be the same.";
    private static final String IDENTIFIER = "A word to check.";

    private final ModelCatalogue models;
    private final ModelIdentifiers identifiers;
    private final SpecFiles files;
    private final EvaluationPrompts evaluationPrompts;

    CatalogueController(
            ModelCatalogue models, ModelIdentifiers identifiers, SpecFiles files, EvaluationPrompts evaluationPrompts) {
        this.models = models;
        this.identifiers = identifiers;
        this.files = files;
        this.evaluationPrompts = evaluationPrompts;
    }

    @GetMapping("/models")
    @Operation(operationId = "listModels")
    ModelsView models() {
        return new ModelsView(models.listed().stream()
                .map(it -> ModelView.of(it, models.defaultModel()))
                .toList());
    }

    /** Ids of models contain a slash, as on the Hugging Face Hub, which appears unescaped in the path. */
    @GetMapping("/models/{owner}/{name}/identifiers")
    @Operation(operationId = "listIdentifiers")
    @Problems(ProblemType.NOT_FOUND)
    IdentifiersView identifiers(
            @PathVariable String owner,
            @PathVariable String name,
            @RequestParam(name = "class_word", defaultValue = "") String classWord,
            @RequestParam(required = false) @Nullable String identifier) {
        return identifiers(owner + "/" + name, classWord, identifier);
    }

    @GetMapping("/models/{id}/identifiers")
    @Operation(operationId = "listIdentifiersWithoutOwner")
    @Problems(ProblemType.NOT_FOUND)
    IdentifiersView identifiers(
            @PathVariable String id,
            @RequestParam(name = "class_word", defaultValue = "") String classWord,
            @RequestParam(required = false) @Nullable String identifier) {
        BaseModel model = models.get(id);
        return new IdentifiersView(
                id,
                identifiers.suggest(model, classWord, SUGGESTIONS).stream()
                        .map(IdentifierView::of)
                        .toList(),
                identifier == null ? null : IdentifierView.of(identifiers.check(model, identifier, classWord)));
    }

    @GetMapping("/models/{owner}/{name}/class-words")
    @Operation(operationId = "listClassWords")
    @Problems(ProblemType.NOT_FOUND)
    ClassWordsView classWords(
            @PathVariable String owner, @PathVariable String name, @RequestParam(defaultValue = "") String prefix) {
        return classWords(owner + "/" + name, prefix);
    }

    @GetMapping("/models/{id}/class-words")
    @Operation(operationId = "listClassWordsWithoutOwner")
    @Problems(ProblemType.NOT_FOUND)
    ClassWordsView classWords(@PathVariable String id, @RequestParam(defaultValue = "") String prefix) {
        return new ClassWordsView(id, identifiers.knownWords(models.get(id), prefix, SUGGESTIONS));
    }

    @GetMapping("/presets")
    @Operation(operationId = "listPresets")
    PresetsView presets() {
        return new PresetsView(files.presets().values().stream()
                .map(it -> PresetView.of(it, models.find(it.model()).isPresent()))
                .toList());
    }

    @GetMapping("/prompt-lists")
    @Operation(operationId = "listPromptLists")
    PromptListsView promptLists() {
        return new PromptListsView(
                evaluationPrompts.lists().stream().map(PromptListView::of).toList());
    }

    @Schema(name = "Models")
    record ModelsView(List<ModelView> results) {}

    @Schema(name = "Model")
    record ModelView(
            String id,

            String object,

            String description,

            BaseModel.Source source,

            @JsonUnwrapped StateView state,

            @JsonUnwrapped ImagesView images,

            boolean isDefault,

            @Schema(additionalProperties = AdditionalPropertiesValue.TRUE)
            Map<String, Object> defaults) {

        static ModelView of(ModelCatalogue.Listed listed, String defaultModel) {
            Optional<BaseModel> model = listed.model();
            return new ModelView(
                    listed.id(),
                    "model",
                    model.map(BaseModel::description).orElse(""),
                    listed.source(),
                    StateView.of(listed.state()),
                    ImagesView.of(model),
                    listed.id().equals(defaultModel),
                    model.map(BaseModel::defaults).orElse(Map.of()));
        }
    }

    record StateView(
            ModelState.Status status,

            @Schema(nullable = true) @Nullable String statusReason,

            @Schema(nullable = true) @Nullable String commit,

            @Schema(nullable = true, schemaResolution = SchemaResolution.INLINE) @Nullable
            DownloadView download) {

        static StateView of(ModelState state) {
            return new StateView(state.status(), state.reason(), state.commit(), DownloadView.of(state.download()));
        }
    }

    @Schema(name = "ModelDownload")
    record DownloadView(long bytes, long totalBytes) {

        static @Nullable DownloadView of(@Nullable DownloadProgress progress) {
            return progress == null ? null : new DownloadView(progress.bytes(), progress.total());
        }
    }

    /** The images that a model generates. */
    record ImagesView(
            @Schema(nullable = true) @Nullable String pipeline,

            @Schema(nullable = true) @Nullable Integer resolution,

            @Schema(nullable = true) @Nullable Integer sizeMultiple) {

        static ImagesView of(Optional<BaseModel> model) {
            return new ImagesView(
                    model.map(BaseModel::pipeline).orElse(null),
                    model.map(BaseModel::resolution).orElse(null),
                    model.map(BaseModel::sizeMultiple).orElse(null));
        }
    }

    @Schema(name = "ClassWords")
    record ClassWordsView(String model, List<String> results) {}

    @Schema(name = "Presets")
    record PresetsView(List<PresetView> results) {}

    @Schema(name = "Preset")
    record PresetView(
            String id,

            String object,

            String description,

            String model,

            boolean available,

            @Schema(additionalProperties = AdditionalPropertiesValue.TRUE)
            Map<String, Object> spec) {

        static PresetView of(Preset preset, boolean available) {
            return new PresetView(
                    preset.id(), "preset", preset.description(), preset.model(), available, preset.spec());
        }
    }

    @Schema(name = "PromptLists")
    record PromptListsView(List<PromptListView> results) {}

    @Schema(name = "PromptList")
    record PromptListView(
            String id, String object, String description, List<String> classWords, Map<String, List<String>> kinds) {

        static PromptListView of(PromptList list) {
            return new PromptListView(list.id(), "prompt_list", list.description(), list.classWords(), list.kinds());
        }
    }
}
