package dev.likeness.app.web.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.app.refusal.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.ProblemDetail;

/** Every problem and every refusal has a text, and every text is used. */
class ProblemTextsTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.likeness.app");

    @Test
    void everyProblemHasATitleAndEveryTitleAProblem() {
        assertThat(ProblemTexts.titles())
                .containsOnlyKeys(Arrays.stream(ProblemType.values())
                        .map(ProblemType::code)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfRefusalIsAProblem(RefusalKind kind) {
        assertThat(ProblemType.of(kind).code()).isEqualToIgnoringCase(kind.name());
    }

    @Test
    void everyRefusalHasATextAndEveryTextIsUsed() throws IOException {
        Set<String> refusals = CLASSES.stream()
                .filter(it -> it.isAssignableTo(Refusal.class))
                .filter(it -> !it.getModifiers().contains(JavaModifier.ABSTRACT) && !it.isInterface())
                .filter(it -> !listsViolations(it))
                .map(it -> it.getSimpleName().replaceFirst("Exception$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        String web = source(Path.of("src/main/java/dev/likeness/app/web"));

        assertThat(refusals).isNotEmpty().isSubsetOf(ProblemTexts.details().keySet());
        assertThat(ProblemTexts.details().keySet())
                .allSatisfy(key -> assertThat(refusals.contains(key) || web.contains("\"" + key + "\""))
                        .as(key)
                        .isTrue());
    }

    @Test
    void placeholdersAreFilledIn() {
        assertThat(ProblemTexts.detail("UnknownId", Map.of("kind", "job", "id", "$1")))
                .isEqualTo("There is no job $1.");
    }

    @Test
    void aRefusalWithFieldsSaysTheFirstOneAndListsSome() {
        ProblemDetail problem = ProblemDetails.of(new Refusal() {

            @Override
            public RefusalKind kind() {
                return RefusalKind.UNUSABLE_ADAPTER;
            }

            @Override
            public List<Violation> violations() {
                return Stream.of("a", "b", "c")
                        .map(it -> new Violation(List.of("file", it), "is unknown", "tensor"))
                        .toList();
            }

            @Override
            public int listed() {
                return 2;
            }

            @Override
            public Map<String, Object> figures() {
                return Map.of("tensors", 3);
            }
        });

        assertThat(problem.getStatus()).isEqualTo(422);
        assertThat(problem.getTitle()).isEqualTo("The adapter cannot be used");
        assertThat(problem.getDetail()).isEqualTo("file.a: is unknown (and 2 more)");
        assertThat(problem.getProperties())
                .containsEntry("code", "unusable_adapter")
                .containsEntry("tensors", 3)
                .hasEntrySatisfying(
                        "errors", it -> assertThat(it).asInstanceOf(LIST).hasSize(2));
    }

    private static boolean listsViolations(JavaClass of) {
        return of.tryGetMethod("violations").isPresent();
    }

    private static String source(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(ProblemTextsTests::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
