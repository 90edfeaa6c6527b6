package dev.likeness.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.app.hub.TestHub;
import dev.likeness.app.model.ModelCaptioner.Blip;
import dev.likeness.app.model.ModelCaptioner.OwnClip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.json.JsonMapper;

class CaptionersTests {

    private static final String BUNDLED = "likeness/tiny-world";
    private static final String OTHER = "acme/tiny";
    private static final String DEFAULT = "Salesforce/blip-image-captioning-base";
    private static final Path TINY_SD1 = ModelCatalogueTests.TINY_SD1;
    private static final Path TINY_BLIP = Path.of("src/test/resources/goldens/tiny-blip/model");

    @TempDir
    Path home;

    @Test
    void letsAModelsOwnClipDescribeWhereItBringsLists() {
        assertThat(captioners(DEFAULT, Map.of()).of(BUNDLED))
                .isInstanceOfSatisfying(
                        OwnClip.class,
                        own -> assertThat(own.lists().captions("bear"))
                                .startsWith("a photo of a bear", "a photo of a bear on the beach")
                                .hasSize(3 * 21));
    }

    @Test
    void letsBlipDescribeForOtherModels() {
        assertThat(captioners(TINY_BLIP.toString(), Map.of()).of(OTHER))
                .isEqualTo(new Blip(TINY_BLIP.toAbsolutePath()));
    }

    @Test
    void takesWhatIsNamedForAModelOverItsOwn() {
        Captioners captioners = captioners(DEFAULT, Map.of(BUNDLED, TINY_BLIP.toString()));

        assertThat(captioners.of(BUNDLED)).isEqualTo(new Blip(TINY_BLIP.toAbsolutePath()));
        assertThatExceptionOfType(NoCaptionerException.class).isThrownBy(() -> captioners.of(OTHER));
    }

    @Test
    void saysWhichPropertyToSetWhereARepositoryIsNamed() {
        assertThatExceptionOfType(NoCaptionerException.class)
                .isThrownBy(() -> captioners(DEFAULT, Map.of()).of(OTHER))
                .withMessageContaining(DEFAULT)
                .withMessageContaining("likeness.captions.model")
                .withMessageContaining("likeness.hub.offline");
        assertThatExceptionOfType(NoCaptionerException.class)
                .isThrownBy(
                        () -> captioners(DEFAULT, Map.of(BUNDLED, "acme/blip")).of(BUNDLED))
                .withMessageContaining("likeness.captions.models.[likeness/tiny-world]");
    }

    @Test
    void refusesToStartWithWhatIsNoFolderNoRepositoryOrNoModel() {
        assertThatExceptionOfType(UnusableModelException.class)
                .isThrownBy(() -> captioners("/nowhere/blip", Map.of()))
                .withMessageContaining("likeness.captions.model names it, but the folder does not exist");
        assertThatExceptionOfType(UnusableModelException.class)
                .isThrownBy(() -> captioners(home.toString(), Map.of()))
                .withMessageContaining("it has no config.json");
        assertThatExceptionOfType(UnusableModelException.class)
                .isThrownBy(() -> captioners(DEFAULT, Map.of("acme/nothing", DEFAULT)))
                .withMessageContaining("the model does not exist");
    }

    @Test
    void countsTheTokensOfABeginning() {
        Captioners captioners = captioners(DEFAULT, Map.of());

        assertThat(captioners.tokens(new Blip(TINY_BLIP), "a picture of")).isEqualTo(3);
        assertThat(captioners.tokens(new Blip(home), " ")).isZero();
        assertThatExceptionOfType(NoCaptionerException.class)
                .isThrownBy(() -> captioners.tokens(new Blip(home), "a picture of"));
    }

    @Test
    void refusesAModelWhoseListsAreWrong() throws IOException {
        Path folder = copyOfTinySd1();
        Files.writeString(folder.resolve("likeness.json"), "{\"captions\": {\"styles\": [\"a {class}\"]}}");

        assertThat(reason(folder)).contains("the model has no CLIP (folder clip)");

        Files.createDirectories(folder.resolve("clip"));
        Files.writeString(folder.resolve("clip/config.json"), "{}");
        Files.writeString(folder.resolve("likeness.json"), "{\"captions\": {\"styles\": [\"a photo\"]}}");
        assertThat(reason(folder)).endsWith("each must contain {class}");
        Files.writeString(folder.resolve("likeness.json"), "{\"captions\": {\"styles\": [7]}}");
        assertThat(reason(folder)).endsWith("styles has an entry that is not text");
    }

    /** Why a model cannot be used. */
    private String reason(Path folder) {
        return catalogue(folder).listed().stream()
                .map(it -> it.state().reason())
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isToldOfModelsInBrackets() {
        MockEnvironment environment =
                new MockEnvironment().withProperty("likeness.captions.models.[acme/sd-1.5]", "/srv/blip");

        CaptionSettings settings = Binder.get(environment)
                .bind("likeness.captions", CaptionSettings.class)
                .get();

        assertThat(settings).isEqualTo(new CaptionSettings(DEFAULT, Map.of("acme/sd-1.5", "/srv/blip")));
    }

    private Path copyOfTinySd1() throws IOException {
        Path folder = home.resolve("copy");
        try (Stream<Path> files = Files.walk(TINY_SD1)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, folder.resolve(TINY_SD1.relativize(file).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return folder;
    }

    private Captioners captioners(String forAll, Map<String, String> forOne) {
        return new Captioners(catalogue(TINY_SD1), new CaptionSettings(forAll, forOne), TestHub.offline(home));
    }

    private ModelCatalogue catalogue(Path other) {
        return new ModelCatalogue(
                new ModelSettings(home, BUNDLED, Map.of(OTHER, TestCatalogue.location(other))),
                TestHub.offline(home),
                JsonMapper.shared());
    }
}
