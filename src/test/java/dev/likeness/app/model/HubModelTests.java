package dev.likeness.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.hub.DownloadProgress;
import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.app.hub.Hub;
import dev.likeness.app.hub.Repository;
import dev.likeness.app.hub.TestHub;
import dev.likeness.app.model.BaseModel.Source;
import dev.likeness.app.model.ModelCatalogue.Listed;
import dev.likeness.app.model.ModelSettings.Location;
import dev.likeness.app.model.ModelState.Status;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import dev.likeness.diffusion.tensor.TorchArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.json.JsonMapper;

class HubModelTests {

    private static final String ID = "acme/tiny";
    private static final Path TINY_SD1 = ModelCatalogueTests.TINY_SD1;
    private static final Location REPOSITORY = new Location(null, null, null, null, null, ID, "v1", null);

    @TempDir
    static Path home;

    @TempDir
    Path cache;

    private final TestHub server = new TestHub();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isDescribedBeforeItsWeightsAreThere() {
        publish();
        ModelCatalogue catalogue = known();

        BaseModel model = catalogue.get(ID);

        assertThat(model.source()).isEqualTo(Source.CONFIGURED);
        assertThat(model.resolution()).isEqualTo(64);
        assertThat(model.sizeMultiple()).isEqualTo(16);
        assertThat(catalogue.all()).extracting(BaseModel::id).contains(ID);
        long weights = TestHub.filesOf(TINY_SD1, "").entrySet().stream()
                .filter(it -> it.getKey().endsWith(".safetensors"))
                .mapToLong(it -> it.getValue().length)
                .sum();
        assertThat(listed(catalogue).state())
                .isEqualTo(new ModelState(Status.REMOTE, null, TestHub.commit(1), new DownloadProgress(0, weights)));
        assertThat(catalogue.documents(ID))
                .hasValueSatisfying(
                        it -> assertThat(it.resolve("tokenizer/vocab.json")).exists());
        assertThat(catalogue.size(ID)).isPresent().isEqualTo(catalogue.size("acme/folder"));
        assertThat(catalogue.layers(ID)).isPresent();
    }

    @Test
    void isTheSameAsItsFolderOnceItIsThere() {
        publish();
        ModelCatalogue catalogue = known();

        Path folder = catalogue.folder(ID, DownloadWatch.NONE).orElseThrow();

        // The hash of a model is that of its files' names and contents.
        Map<String, byte[]> files = TestHub.filesOf(folder, "");
        Map<String, byte[]> expected = TestHub.filesOf(TINY_SD1, "");
        assertThat(files.keySet()).isEqualTo(expected.keySet());
        files.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
        assertThat(listed(catalogue).state()).isEqualTo(new ModelState(Status.READY, null, TestHub.commit(1), null));
        assertThat(catalogue.size(ID)).isPresent().isEqualTo(catalogue.size("acme/folder"));
    }

    @Test
    void isListedWithTheReasonWhereItCannotBeHad() {
        ModelCatalogue catalogue = catalogue(server.hub(cache), ID);

        await().untilAsserted(() -> assertThat(listed(catalogue).state())
                .isEqualTo(new ModelState(
                        Status.FAILED, "the model hub has no repository acme/tiny with a revision v1", null, null)));

        assertThat(catalogue.all()).extracting(BaseModel::id).doesNotContain(ID);
        assertThat(catalogue.find(ID)).isEmpty();
        assertThat(catalogue.offers(ID)).isTrue();
        assertThat(catalogue.absence(ID))
                .isEqualTo("the model acme/tiny is not available: the model hub has no repository acme/tiny with a"
                        + " revision v1");
        assertThat(catalogue.absence("acme/nothing")).isEqualTo("there is no model acme/nothing");
        assertThatExceptionOfType(InvalidModelException.class).isThrownBy(() -> catalogue.layers(ID));
        assertThat(catalogue.size(ID)).isEmpty();
        assertThat(server.requests()).hasSize(1);
    }

    /** Its headers alone have been fetched. */
    @Test
    void isListedWithTheReasonWhereItsWeightsAreOfATypeThatIsNotRead() {
        Map<String, byte[]> files = TestHub.filesOf(TINY_SD1, "");
        files.computeIfPresent(
                "vae/diffusion_pytorch_model.safetensors", (name, bytes) -> ModelCatalogueTests.retyped(bytes));
        server.publish(ID, "v1", TestHub.commit(1), files);
        ModelCatalogue catalogue = known();

        assertThat(catalogue.find(ID)).isEmpty();
        assertThat(listed(catalogue).state().reason()).contains("vae: the weight ", " is of type I32");
    }

    @Test
    void isListedWithTheReasonWhereItIsNoModel() {
        Map<String, byte[]> files = TestHub.filesOf(TINY_SD1, "");
        files.put("unet/config.json", new byte[] {'{', '}'});
        server.publish(ID, "v1", TestHub.commit(1), files);
        ModelCatalogue catalogue = known();

        assertThat(catalogue.find(ID)).isEmpty();
        assertThat(listed(catalogue).state().reason()).isEqualTo("unet/config.json: block_out_channels is missing");
        assertThat(listed(catalogue).state().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void isBoundFromSettings() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("likeness.home", "/home")
                .withProperty("likeness.models.[acme/tiny].hub", ID)
                .withProperty("likeness.models.[acme/tiny].revision", "v1")
                .withProperty("likeness.models.[acme/tiny].variant", "fp16");

        assertThat(Binder.get(environment)
                        .bind("likeness", ModelSettings.class)
                        .get()
                        .models())
                .isEqualTo(Map.of(ID, new Location(null, null, null, null, null, ID, "v1", "fp16")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Location(TINY_SD1, null, null, null, null, ID, null, null));
    }

    /** PyTorch's own files cannot be read before they are downloaded. */
    @Test
    void isCheckedAgainWhenItsWeightsAreThere() throws IOException {
        Map<String, byte[]> files = TestHub.filesOf(TINY_SD1, "");
        files.remove("text_encoder/model.safetensors");
        Path other = TINY_SD1.resolve("unet/diffusion_pytorch_model.safetensors");
        files.put(
                "text_encoder/pytorch_model.bin",
                Files.readAllBytes(TorchArchive.of(SafeTensors.open(other)).writeTo(cache.resolve("other.bin"))));
        server.publish(ID, "v1", TestHub.commit(1), files);
        ModelCatalogue catalogue = known();
        assertThat(catalogue.find(ID)).isPresent();

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> catalogue.folder(ID, DownloadWatch.NONE))
                .withMessageContaining("text_encoder: the weights do not match the configuration");
        // The process that has downloaded it, and one that has not.
        for (ModelCatalogue each : new ModelCatalogue[] {catalogue, catalogue(server.hub(cache), ID)}) {
            assertThat(each.find(ID)).isEmpty();
            assertThat(listed(each).state().status()).isEqualTo(Status.FAILED);
            assertThat(each.absence(ID))
                    .startsWith("the model acme/tiny is not available: text_encoder: the weights do not match")
                    .doesNotContain(cache.toString());
        }
    }

    /** transformers 5 saves a tokenizer so. */
    @Test
    void bringsATokenizerThatIsOneFile() {
        Map<String, byte[]> files = TestHub.filesOf(TINY_SD1, "");
        files.keySet().removeIf(it -> it.startsWith("tokenizer/"));
        files.putAll(TestHub.filesOf(Path.of("src/test/resources/tokenizers/saved-by-transformers-5"), "tokenizer/"));
        server.publish(ID, "v1", TestHub.commit(1), files);
        ModelCatalogue catalogue = known();

        try (ModelIdentifiers identifiers = new ModelIdentifiers(catalogue)) {
            assertThat(identifiers.suggest(catalogue.get(ID), "bird", 1)).hasSize(1);
        }
    }

    private void publish() {
        server.publish(ID, "v1", TestHub.commit(1), TestHub.filesOf(TINY_SD1, ""));
    }

    private ModelCatalogue known() {
        Hub hub = server.hub(cache);
        hub.outline(Repository.model(ID, "v1", null), DownloadWatch.NONE);
        return catalogue(hub, "likeness/tiny-world");
    }

    private static Listed listed(ModelCatalogue catalogue) {
        return catalogue.listed().stream()
                .filter(it -> it.id().equals(ID))
                .findFirst()
                .orElseThrow();
    }

    private static ModelCatalogue catalogue(Hub hub, String defaultModel) {
        ModelSettings settings = settings(REPOSITORY);
        return new ModelCatalogue(new ModelSettings(home, defaultModel, settings.models()), hub, JsonMapper.shared());
    }

    private static ModelSettings settings(Location location) {
        return new ModelSettings(
                home, "likeness/tiny-world", Map.of(ID, location, "acme/folder", TestCatalogue.location(TINY_SD1)));
    }
}
