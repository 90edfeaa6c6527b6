package dev.likeness.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.app.model.BaseModel.Source;
import dev.likeness.app.model.ModelSettings.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.json.JsonMapper;

class ModelCatalogueTests {

    static final Path TINY_SD1 = Path.of("src/test/resources/goldens/tiny-sd1/model");

    @TempDir
    Path home;

    @Test
    void unpacksTheBundledModel() {
        BaseModel model = catalogue(Map.of()).find("likeness/tiny-world").orElseThrow();

        assertThat(model.source()).isEqualTo(Source.BUNDLED);
        assertThat(model.pipeline()).isEqualTo("StableDiffusionPipeline");
        assertThat(model.resolution()).isEqualTo(64);
        assertThat(model.sizeMultiple()).isEqualTo(16);
        assertThat(model.folder().resolve("unet/diffusion_pytorch_model.safetensors"))
                .hasSameBinaryContentAs(Path.of(
                        "src/main/resources/models/likeness/tiny-world/unet/diffusion_pytorch_model.safetensors"));
    }

    @Test
    void unpacksItOnce() throws IOException {
        catalogue(Map.of());
        FileTime touched = FileTime.from(Instant.parse("2026-01-31T12:00:00Z"));
        Files.setLastModifiedTime(versions(), touched);

        catalogue(Map.of());

        assertThat(Files.getLastModifiedTime(versions())).isEqualTo(touched);
    }

    @Test
    void letsTwoProcessesUnpackAtOnce() throws IOException {
        CompletableFuture<ModelCatalogue> one = CompletableFuture.supplyAsync(() -> catalogue(Map.of()));
        CompletableFuture<ModelCatalogue> other = CompletableFuture.supplyAsync(() -> catalogue(Map.of()));

        assertThat(one.join().all()).isEqualTo(other.join().all());
        try (Stream<Path> versions = Files.list(versions())) {
            assertThat(versions)
                    .singleElement()
                    .satisfies(it -> assertThat(it.getFileName().toString()).doesNotStartWith("."));
        }
    }

    @Test
    void listsTheOperatorsFolders() {
        ModelCatalogue catalogue = catalogue(Map.of("acme/tiny", new Location(TINY_SD1)));

        assertThat(catalogue.all()).extracting(BaseModel::id).isEqualTo(List.of("acme/tiny", "likeness/tiny-world"));
        assertThat(catalogue.find("acme/tiny"))
                .hasValueSatisfying(it -> assertThat(it.source()).isEqualTo(Source.CONFIGURED))
                .hasValueSatisfying(it -> assertThat(it.defaults()).isEmpty());
    }

    @Test
    void isToldOfIdsWithSlashesAndDotsInBrackets() {
        ConfigurableEnvironment environment = new MockEnvironment()
                .withProperty("likeness.home", "/home")
                .withProperty("likeness.models.[stable-diffusion-v1-5/v1.5].path", "/models/sd15");

        ModelSettings settings = Binder.get(environment).bind("likeness", ModelSettings.class).get();

        assertThat(settings.models())
                .isEqualTo(Map.of("stable-diffusion-v1-5/v1.5", new Location(Path.of("/models/sd15"))));
    }

    @Test
    void refusesAFolderThatIsNoModel() {
        assertThatExceptionOfType(UnusableModelException.class)
                .isThrownBy(() -> catalogue(Map.of("acme/nothing", new Location(home))))
                .withMessageStartingWith("model acme/nothing cannot be used: there is no ")
                .withMessageEndingWith("model_index.json");
    }

    @Test
    void refusesADefaultModelThatIsNotThere() {
        assertThatExceptionOfType(UnusableModelException.class)
                .isThrownBy(() -> new ModelCatalogue(
                        new ModelSettings(home, "acme/nothing", Map.of()),
                        JsonMapper.builder().build()))
                .withMessageContaining("acme/nothing");
    }

    private Path versions() {
        return home.resolve("models/likeness/tiny-world");
    }

    private ModelCatalogue catalogue(Map<String, Location> models) {
        return new ModelCatalogue(
                new ModelSettings(home, "likeness/tiny-world", models),
                JsonMapper.builder().build());
    }
}
