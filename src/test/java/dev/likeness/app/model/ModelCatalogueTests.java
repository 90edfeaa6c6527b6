package dev.likeness.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.app.hub.TestHub;
import dev.likeness.app.model.BaseModel.Source;
import dev.likeness.app.model.ModelSettings.Location;
import dev.likeness.diffusion.singlefile.SingleFile;
import dev.likeness.diffusion.singlefile.TinyCheckpoint;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.SafeTensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

class ModelCatalogueTests {

    static final Path TINY_SD1 = Path.of("src/test/resources/goldens/tiny-sd1/model");

    @TempDir
    Path home;

    @Test
    void unpacksTheBundledModel() {
        ModelCatalogue catalogue = catalogue(Map.of());
        BaseModel model = catalogue.find("likeness/tiny-world").orElseThrow();
        Path folder =
                catalogue.folder("likeness/tiny-world", DownloadWatch.NONE).orElseThrow();

        assertThat(model.source()).isEqualTo(Source.BUNDLED);
        assertThat(model.pipeline()).isEqualTo("StableDiffusionPipeline");
        assertThat(model.resolution()).isEqualTo(64);
        assertThat(model.sizeMultiple()).isEqualTo(16);
        assertThat(folder.resolve("unet/diffusion_pytorch_model.safetensors"))
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
        ModelCatalogue catalogue = catalogue(Map.of("acme/tiny", TestCatalogue.location(TINY_SD1)));

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

        ModelSettings settings =
                Binder.get(environment).bind("likeness", ModelSettings.class).get();

        assertThat(settings.models())
                .isEqualTo(Map.of(
                        "stable-diffusion-v1-5/v1.5",
                        new Location(Path.of("/models/sd15"), null, null, null, null, null, null, null)));
    }

    @Test
    void listsWhatCannotBeUsedWithTheReasonAndStarts() throws IOException {
        Path file = Files.writeString(home.resolve("model.ckpt"), "no");
        Path inpainting = home.resolve("inpainting");
        FileSystemUtils.copyRecursively(TINY_SD1, inpainting);
        Path unet = inpainting.resolve("unet/config.json");
        Files.writeString(unet, Files.readString(unet).replace("\"in_channels\": 4", "\"in_channels\": 9"));
        ModelCatalogue catalogue = catalogue(Map.of(
                "acme/nothing", TestCatalogue.location(home),
                "acme/old", new Location(null, file, null, null, null, null, null, null),
                "acme/inpainting", TestCatalogue.location(inpainting),
                "acme/evil", new Location(null, null, null, null, null, "../evil", null, null),
                "acme/tiny", TestCatalogue.location(TINY_SD1)));

        assertThat(catalogue.all()).extracting(BaseModel::id).containsExactly("acme/tiny", "likeness/tiny-world");
        assertFailed(catalogue, "acme/nothing", "model_index.json is missing");
        assertFailed(catalogue, "acme/old", "convert it to safetensors");
        assertFailed(catalogue, "acme/inpainting", "in_channels is 9 where latents have 4 channels");
        assertFailed(catalogue, "acme/evil", "../evil is not the id of a repository, which is OWNER/NAME");
    }

    private void assertFailed(ModelCatalogue catalogue, String id, String reason) {
        assertThat(catalogue.listed())
                .filteredOn(it -> it.id().equals(id))
                .singleElement()
                .satisfies(it -> assertThat(it.model()).isEmpty())
                .satisfies(it -> assertThat(it.state().status()).isEqualTo(ModelState.Status.FAILED))
                .satisfies(
                        it -> assertThat(it.state().reason()).contains(reason).doesNotContain(home.toString()));
        assertThat(catalogue.offers(id)).isTrue();
        assertThat(catalogue.find(id)).isEmpty();
        assertThat(catalogue.absence(id))
                .startsWith("the model %s is not available: ".formatted(id))
                .contains(reason);
        assertThat(catalogue.size(id)).isEmpty();
        assertThatExceptionOfType(UnknownModelException.class)
                .isThrownBy(() -> catalogue.get(id))
                .withMessageContaining(reason);
        assertThatExceptionOfType(UnusableModelException.class)
                .isThrownBy(() -> catalogue.folder(id, DownloadWatch.NONE))
                .withMessageContaining(reason);
    }

    @Test
    void startsWithADefaultModelThatCannotBeUsed() {
        ModelCatalogue catalogue = new ModelCatalogue(
                new ModelSettings(home, "acme/nothing", Map.of("acme/nothing", TestCatalogue.location(home))),
                TestHub.offline(home),
                JsonMapper.builder().build());

        assertThat(catalogue.defaultModel()).isEqualTo("acme/nothing");
        assertThat(catalogue.find("acme/nothing")).isEmpty();
    }

    @Test
    void refusesADefaultModelThatIsNotThere() {
        assertThatExceptionOfType(UnusableModelException.class)
                .isThrownBy(() -> new ModelCatalogue(
                        new ModelSettings(home, "acme/nothing", Map.of()),
                        TestHub.offline(home),
                        JsonMapper.builder().build()))
                .withMessageContaining("acme/nothing");
    }

    @Test
    void listsASingleFileAndConvertsItWhenItsFolderIsAskedFor() throws IOException {
        ModelCatalogue catalogue = catalogue(Map.of("acme/tiny", singleFile()));

        assertThat(catalogue.find("acme/tiny"))
                .hasValueSatisfying(it -> assertThat(it.source()).isEqualTo(Source.CONFIGURED))
                .hasValueSatisfying(it -> assertThat(it.pipeline()).isEqualTo("StableDiffusionPipeline"))
                .hasValueSatisfying(it -> assertThat(it.resolution()).isEqualTo(64))
                .hasValueSatisfying(it -> assertThat(it.sizeMultiple()).isEqualTo(16));
        assertThat(home.resolve("models/acme")).doesNotExist();

        Path folder = catalogue.folder("acme/tiny", DownloadWatch.NONE).orElseThrow();

        assertThat(folder).hasParent(home.resolve("models/acme/tiny").toAbsolutePath());
        assertThat(SafeTensors.openModel(folder.resolve("unet"), "diffusion_pytorch_model")
                        .entries())
                .hasSameSizeAs(SafeTensors.openModel(TINY_SD1.resolve("unet"), "diffusion_pytorch_model")
                        .entries());
    }

    @Test
    void convertsASingleFileOnce() throws IOException {
        Location location = singleFile();
        Path folder = catalogue(Map.of("acme/tiny", location))
                .folder("acme/tiny", DownloadWatch.NONE)
                .orElseThrow();
        FileTime touched = FileTime.from(Instant.parse("2026-01-31T12:00:00Z"));
        Files.setLastModifiedTime(folder, touched);

        assertThat(catalogue(Map.of("acme/tiny", location)).folder("acme/tiny", DownloadWatch.NONE))
                .contains(folder);
        assertThat(Files.getLastModifiedTime(folder)).isEqualTo(touched);
    }

    @Test
    void convertsAnotherFileIntoAnotherFolder() throws IOException {
        Location location = singleFile();
        Path folder = catalogue(Map.of("acme/tiny", location))
                .folder("acme/tiny", DownloadWatch.NONE)
                .orElseThrow();
        Files.setLastModifiedTime(file(), FileTime.from(Instant.parse("2026-01-31T12:00:00Z")));

        assertThat(catalogue(Map.of("acme/tiny", location)).folder("acme/tiny", DownloadWatch.NONE))
                .hasValueSatisfying(it -> assertThat(it).isNotEqualTo(folder).isDirectory());
    }

    @Test
    void doesNotConvertAFileThatIsNoLongerTheOneItLookedAt() throws IOException {
        ModelCatalogue catalogue = catalogue(Map.of("acme/tiny", singleFile()));
        Files.setLastModifiedTime(file(), FileTime.from(Instant.parse("2026-01-31T12:00:00Z")));

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> catalogue.folder("acme/tiny", DownloadWatch.NONE))
                .withMessage("the file of model acme/tiny has changed since the start");
    }

    /** The same fault, whatever the model is made from. */
    @Test
    void checksASingleFileAsAFolder() throws IOException {
        Location location = singleFile();
        Path scheduler = Objects.requireNonNull(location.config()).resolve("scheduler/scheduler_config.json");
        Files.createDirectories(scheduler.resolveSibling("."));
        Files.writeString(scheduler, "{\"_class_name\": \"EDMEulerScheduler\"}");

        assertFailed(
                catalogue(Map.of("acme/edm", location)), "acme/edm", "scheduler EDMEulerScheduler is not supported");
    }

    @Test
    void checksTheTypesOfWeightsInASingleFile() throws IOException {
        Location location = singleFile();
        Files.write(file(), retyped(Files.readAllBytes(file())));

        assertFailed(
                catalogue(Map.of("acme/whole", location)), "acme/whole", " is of type I32, which is not supported");
    }

    /** A safetensors file whose numbers are said to be integers. */
    static byte[] retyped(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1)
                .replace("\"F32\"", "\"I32\"")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void refusesAModelInTwoPlaces() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Location(TINY_SD1, file(), null, null, null, null, null, null))
                .withMessageContaining("one of path, single-file and hub");
    }

    @Test
    void tellsTheSizeOfAModelWhateverItIsMadeFrom() throws IOException {
        ModelCatalogue catalogue =
                catalogue(Map.of("acme/folder", TestCatalogue.location(TINY_SD1), "acme/file", singleFile()));

        assertThat(catalogue.size("acme/file")).isPresent().isEqualTo(catalogue.size("acme/folder"));
        assertThat(catalogue.size("acme/nothing")).isEmpty();
    }

    private Location singleFile() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        SingleFile.Options options = checkpoint.options(home.resolve("config"));
        return new Location(
                null, checkpoint.write(file()), null, options.tokenizer(), options.config(), null, null, null);
    }

    private Path file() {
        return home.resolve("tiny.safetensors");
    }

    private Path versions() {
        return home.resolve("models/likeness/tiny-world");
    }

    private ModelCatalogue catalogue(Map<String, Location> models) {
        return new ModelCatalogue(
                new ModelSettings(home, "likeness/tiny-world", models),
                TestHub.offline(home),
                JsonMapper.builder().build());
    }
}
