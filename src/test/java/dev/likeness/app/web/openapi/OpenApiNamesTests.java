package dev.likeness.app.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.ApiTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The names from which generated clients form methods and classes. */
@ApiTest
class OpenApiNamesTests {

    @Autowired
    Api api;

    /** A changed name breaks clients: new names may be added, but existing ones must stay. */
    @Test
    void namesEveryCallInTheOrderOfUse() {
        List<String> names = new ArrayList<>();

        api.document()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> names.add("%s %s %s %s"
                                .formatted(
                                        method.getValue().at("/tags/0").asString(),
                                        method.getValue().path("operationId").asString("-"),
                                        method.getKey(),
                                        path.getKey()))));

        assertThat(String.join("\n", names) + "\n").isEqualTo("""
                Jobs listJobs get /v1/jobs
                Jobs createJob post /v1/jobs
                Jobs getJob get /v1/jobs/{id}
                Jobs deleteJob delete /v1/jobs/{id}
                Jobs updateJob patch /v1/jobs/{id}
                Jobs cancelJob post /v1/jobs/{id}/cancel
                Jobs continueJob post /v1/jobs/{id}/continue
                Jobs copyJob post /v1/jobs/{id}/copy
                Jobs streamJobEvents get /v1/jobs/{id}/events
                Jobs getTrainingPicture get /v1/jobs/{id}/pictures/{position}
                Jobs planJob post /v1/plans
                Jobs listSubjectJobs get /v1/subjects/{id}/jobs
                Jobs createJobForSubject post /v1/subjects/{id}/jobs
                Results downloadImage get /v1/images/{id}
                Results listJobImages get /v1/jobs/{id}/images
                Results getJobReport get /v1/jobs/{id}/report
                Results getJobReportFigures get /v1/jobs/{id}/report/figures
                Results listJobScores get /v1/jobs/{id}/scores
                Artifacts downloadArtifact get /v1/artifacts/{id}
                Artifacts listJobArtifacts get /v1/jobs/{id}/artifacts
                Generations getGeneration get /v1/generations/{id}
                Generations updateGeneration patch /v1/generations/{id}
                Generations cancelGeneration post /v1/generations/{id}/cancel
                Generations listJobGenerations get /v1/jobs/{id}/generations
                Generations createGeneration post /v1/jobs/{id}/generations
                Checkpoints listJobCheckpoints get /v1/jobs/{id}/checkpoints
                Checkpoints chooseJobCheckpoint post /v1/jobs/{id}/checkpoints/{step}/choose
                Subjects getCaptions get /v1/captions/{id}
                Subjects updateCaptions patch /v1/captions/{id}
                Subjects cancelCaptions post /v1/captions/{id}/cancel
                Subjects listSubjects get /v1/subjects
                Subjects createSubject post /v1/subjects
                Subjects getSubject get /v1/subjects/{id}
                Subjects deleteSubject delete /v1/subjects/{id}
                Subjects getSubjectCaptions get /v1/subjects/{id}/captions
                Subjects updateSubjectCaptions put /v1/subjects/{id}/captions
                Subjects createCaptions post /v1/subjects/{id}/captions
                Subjects downloadSubjectPicture get /v1/subjects/{id}/pictures/{position}
                Subjects downloadSubjectMask get /v1/subjects/{id}/pictures/{position}/mask
                Subjects downloadSubjectThumbnail get /v1/subjects/{id}/pictures/{position}/thumbnail
                Class sets listClassSets get /v1/class-sets
                Class sets createClassSet post /v1/class-sets
                Class sets getClassSet get /v1/class-sets/{id}
                Class sets deleteClassSet delete /v1/class-sets/{id}
                Class sets listClassImages get /v1/class-sets/{id}/images
                Class sets downloadClassImage get /v1/class-sets/{id}/images/{position}
                Class sets downloadClassImageThumbnail get /v1/class-sets/{id}/images/{position}/thumbnail
                Catalogue listModels get /v1/models
                Catalogue listClassWordsWithoutOwner get /v1/models/{id}/class-words
                Catalogue listIdentifiersWithoutOwner get /v1/models/{id}/identifiers
                Catalogue listClassWords get /v1/models/{owner}/{name}/class-words
                Catalogue listIdentifiers get /v1/models/{owner}/{name}/identifiers
                Catalogue listPresets get /v1/presets
                Catalogue listPromptLists get /v1/prompt-lists
                Adapters listAdapters get /v1/adapters
                Adapters createAdapter post /v1/adapters
                Adapters getAdapter get /v1/adapters/{id}
                Adapters deleteAdapter delete /v1/adapters/{id}
                Adapters downloadAdapter get /v1/adapters/{id}/file
                Evaluations listEvaluations get /v1/evaluations
                Evaluations createEvaluation post /v1/evaluations
                Evaluations getEvaluation get /v1/evaluations/{id}
                Evaluations deleteEvaluation delete /v1/evaluations/{id}
                Evaluations updateEvaluation patch /v1/evaluations/{id}
                Evaluations cancelEvaluation post /v1/evaluations/{id}/cancel
                Evaluations getEvaluationTable get /v1/evaluations/{id}/table
                Workers listWorkers get /v1/workers
                Webhooks listJobDeliveries get /v1/jobs/{id}/webhooks
                Webhooks listDeliveries get /v1/webhooks
                Webhooks getWebhookSecret get /v1/webhooks/secret
                Webhooks rotateWebhookSecret post /v1/webhooks/secret/rotate
                Webhooks redeliverWebhook post /v1/webhooks/{delivery}/redeliver
                Administration listApiKeys get /v1/api-keys
                Administration createApiKey post /v1/api-keys
                Administration deleteApiKey delete /v1/api-keys/{id}
                Administration rotateLinkKeys post /v1/links/rotate
                """);
    }

    @Test
    void listsTagsInTheOrderOfUse() {
        List<String> tags = api.document()
                .get("tags")
                .valueStream()
                .map(it -> it.get("name").asString())
                .toList();

        assertThat(tags)
                .containsExactly(
                        "Jobs",
                        "Results",
                        "Artifacts",
                        "Generations",
                        "Checkpoints",
                        "Subjects",
                        "Class sets",
                        "Catalogue",
                        "Adapters",
                        "Evaluations",
                        "Workers",
                        "Webhooks",
                        "Administration");
        assertThat(api.document()
                        .get("tags")
                        .valueStream()
                        .map(it -> it.path("description").asString("")))
                .doesNotContain("");
        assertThat(operations()).allSatisfy(it -> assertThat(it.get("tags")).hasSize(1));
    }

    private List<JsonNode> operations() {
        return api.document()
                .get("paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .toList();
    }
}
