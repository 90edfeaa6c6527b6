package dev.likeness.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.likeness.diffusion.wire.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.modulith.core.ApplicationModules;

/**
 * Which package uses which. The table is exact: a package without a row fails, and so do a row without a package, a use
 * that its row leaves out, and a name in a row that the package leaves unused.
 */
class ModularityTests {

    private static final String ROOT = "dev.likeness.";

    /** A line of the tree of packages. */
    private static final Pattern LISTED = Pattern.compile("(?m)^ {4}(?<indent> *)(?<name>[a-z]+) +\\S.*$");

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // Generated.
            .withImportOption(location -> !location.contains("/dev/likeness/client/"))
            .importPackages("dev.likeness");

    /** Native code of tokenizers is not libtorch. Everything else in DJL loads libtorch sooner or later. */
    private static final DescribedPredicate<JavaClass> LIBTORCH = JavaClass.Predicates.resideInAPackage("ai.djl..")
            .and(JavaClass.Predicates.resideOutsideOfPackage("ai.djl.huggingface.."))
            .as("libtorch");

    /** Uses of DJL by tokenizers do not count: {@code LibtorchFreeTests} checks that they do not load libtorch. */
    private static final DescribedPredicate<JavaClass> OF_OURS_ON_LIBTORCH = JavaClass.Predicates.resideInAPackage(
                    ROOT + ".")
            .and(DescribedPredicate.describe(
                    "use libtorch",
                    it -> it.getDirectDependenciesFromSelf().stream()
                            .map(Dependency::getTargetClass)
                            .anyMatch(LIBTORCH)))
            .as("are ours and use libtorch");

    static Stream<Row> table() {
        return Stream.of(
                row("app", ""),
                app("refusal", "", ""),
                app("security", "refusal", "wire"),
                app("artifact", "refusal", ""),
                app("picture", "artifact", "data face wire"),
                app("outbound", "", ""),
                app("classimage", "artifact page picture refusal security upload", "data"),
                app("upload", "artifact outbound picture refusal security spec", "data face"),
                app("subject", "artifact page picture refusal security upload", "data wire"),
                app("hub", "", "tensor families family"),
                app(
                        "model",
                        "hub refusal",
                        "adapter caption families family inspection plan schedule singlefile tensor token wire"),
                app("adapter", "artifact json model page refusal security", "adapter tensor wire"),
                app("json", "", "wire"),
                app("notification", "", ""),
                app("page", "", ""),
                app("postgres", "", ""),
                app("task", "json refusal security", "wire"),
                app(
                        "spec",
                        "model picture refusal",
                        "adapter caption data evaluation face graph method plan sampling schedule token training wire"),
                app("score", "spec", "evaluation wire"),
                app("memory", "model refusal spec task", "graph method plan sampling wire"),
                app("caption", "model refusal spec subject task", "wire"),
                app(
                        "job",
                        "adapter artifact caption classimage json memory model page picture refusal score security spec subject task",
                        "adapter data face method plan sampling schedule token wire"),
                app("generation", "page refusal task spec score job artifact adapter", "token plan method"),
                app(
                        "evaluation",
                        "artifact job model page picture refusal score spec task",
                        "adapter evaluation method sampling schedule token wire"),
                app("queue", "notification security task", "wire"),
                app("metrics", "task spec job", ""),
                app("report", "job picture score spec subject task", "data evaluation wire"),
                app("worker", "job queue task", "pipeline plan tensor"),
                app(
                        "worker.task",
                        "artifact hub job memory model picture queue task worker",
                        "adapter data pipeline sampling tensor training"),
                app(
                        "worker.image",
                        "hub model spec worker worker.score worker.task",
                        "evaluation pipeline plan sampling tensor"),
                app("worker.score", "score worker.task", "data evaluation pipeline tensor"),
                app(
                        "worker.caption",
                        "task caption queue subject model worker worker.image worker.task",
                        "tensor data caption pipeline"),
                app(
                        "worker.job",
                        "artifact caption classimage job picture queue report score spec subject task worker worker.caption worker.image worker.score worker.task",
                        "adapter data face method model pipeline sampling schedule token training"),
                app(
                        "worker.generation",
                        "artifact generation job picture queue score spec subject task worker worker.image worker.score worker.task",
                        "adapter data pipeline"),
                app(
                        "worker.evaluation",
                        "artifact evaluation job picture queue score spec subject task worker worker.image worker.score worker.task",
                        "data pipeline"),
                app("webhook", "outbound page refusal security spec task", "wire"),
                app("web", "refusal web.problem", ""),
                app("web.access", "refusal security spec web.problem", "wire"),
                app(
                        "web.adapter",
                        "adapter artifact page refusal spec web.http web.idempotency web.openapi web.problem web.view",
                        "adapter"),
                app("web.caption", "caption subject task web.http web.openapi web.problem web.task web.view", ""),
                app(
                        "web.classimage",
                        "classimage page refusal spec upload web.http web.idempotency web.openapi web.problem",
                        ""),
                app("web.catalogue", "hub model spec web.problem", ""),
                app("web.deadline", "refusal spec task web.openapi", ""),
                app(
                        "web.evaluation",
                        "page task score evaluation web.http web.openapi web.problem web.task web.view",
                        "evaluation"),
                app(
                        "web.generation",
                        "adapter generation job page score spec task web.http web.openapi web.problem web.task web.view",
                        ""),
                app(
                        "web.http",
                        "adapter artifact classimage notification page refusal security spec task upload web.problem",
                        "data"),
                app("web.idempotency", "web.http web.problem", ""),
                app(
                        "web.job",
                        "artifact job memory model notification page picture refusal report score security spec subject task upload web.http web.openapi web.problem web.subject web.task web.view",
                        "plan wire"),
                app("web.openapi", "spec web.idempotency web.problem", "evaluation"),
                app("web.problem", "refusal memory queue", ""),
                app("web.studio", "security", ""),
                app(
                        "web.subject",
                        "job model page spec subject upload web.http web.idempotency web.openapi web.problem web.view",
                        ""),
                app("web.view", "artifact task score job picture subject web.http", "evaluation"),
                app("web.webhook", "job page webhook security task web.http web.problem web.task", ""),
                app("web.task", "refusal spec task webhook web.http", "wire"),
                app("web.worker", "task", ""),
                row("app.demo", "client client.api client.model"),
                engine("tensor", "wire"),
                engine("wire", ""),
                engine("graph", "tensor wire"),
                engine("token", "tensor wire"),
                engine("face", "data wire"),
                engine("schedule", "wire"),
                engine("plan", "families family graph tensor wire"),
                engine("singlefile", "tensor token wire"),
                engine("adapter", "tensor wire"),
                engine("text", "tensor graph token adapter"),
                engine("family", "adapter graph schedule tensor text token vae"),
                engine("family.stablediffusion", "adapter family schedule tensor text unet vae"),
                engine("families", "adapter family family.stablediffusion tensor"),
                engine("vae", "tensor graph"),
                engine("unet", "tensor graph wire"),
                engine("inspection", "tensor graph token family families"),
                engine("lora", "adapter graph tensor"),
                engine("data", "tensor wire"),
                engine("caption", "tensor graph token data"),
                engine("training", "tensor data graph schedule family plan wire"),
                engine("check", "tensor graph unet training family"),
                engine("sampling", "tensor schedule family text token"),
                engine("evaluation", "data graph tensor text wire"),
                engine("model", "adapter families family graph schedule tensor text token vae"),
                engine("method", "adapter family graph lora model plan schedule tensor text token training wire"),
                engine(
                        "pipeline",
                        "adapter caption check data evaluation face family graph method model plan sampling schedule tensor text token training wire"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void aPackageUsesExactlyWhatItsRowNames(Row row) {
        JavaPackage of = CLASSES.getPackage(ROOT + row.name());
        Set<String> others = of.getClassDependenciesFromThisPackage().stream()
                .map(Dependency::getTargetClass)
                .map(it -> it.getBaseComponentType().getPackageName())
                .filter(it -> it.startsWith(ROOT))
                .map(it -> it.substring(ROOT.length()))
                .filter(it -> !it.equals(row.name()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(of.getClasses()).isNotEmpty();
        assertThat(others).as("packages %s uses", row.name()).containsExactlyInAnyOrderElementsOf(row.uses());
    }

    @Test
    void everyPackageHasARow() {
        Set<String> packages = CLASSES.stream()
                .map(it -> it.getPackageName().substring(ROOT.length()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(table().map(Row::name)).containsExactlyInAnyOrderElementsOf(packages);
    }

    @Test
    void theDocumentationListsEveryPackage() throws IOException {
        List<String> names = new ArrayList<>();
        Matcher line = LISTED.matcher(Files.readString(Path.of("src/docs/architecture.md")));
        Deque<String> within = new ArrayDeque<>();
        while (line.find()) {
            for (int depth = line.group("indent").length() / 2; within.size() > depth; ) {
                within.removeLast();
            }
            within.add(line.group("name"));
            names.add(String.join(".", within));
        }

        // The engine has no classes outside its rooms.
        names.remove("diffusion");
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(table().map(Row::name).toList());
    }

    @Test
    void modulesHaveNoCycles() {
        ApplicationModules.of(LikenessApplication.class).verify();
    }

    @Test
    void onlyTheWorkerReachesLibtorch() {
        noClasses()
                .that()
                .resideInAPackage("dev.likeness.app..")
                .and()
                .resideOutsideOfPackage("dev.likeness.app.worker..")
                .should()
                .dependOnClassesThat(LIBTORCH)
                .orShould()
                .transitivelyDependOnClassesThat(OF_OURS_ON_LIBTORCH)
                .check(CLASSES);
    }

    @Test
    void facesAreFoundWithoutLibtorch() {
        noClasses()
                .that()
                .resideInAPackage("dev.likeness.diffusion.face..")
                .should()
                .transitivelyDependOnClassesThat(LIBTORCH)
                .check(CLASSES);
    }

    @Test
    void theEngineKnowsNoSpringNoDatabaseAndNoHttp() {
        noClasses()
                .that()
                .resideInAPackage("dev.likeness.diffusion..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "jakarta..", "java.sql..", "javax.sql..", "java.net.http..")
                .check(CLASSES);
    }

    @Test
    void constantsHaveTheirNamesOnTheWireFromOneInterface() {
        assertThat(CLASSES)
                .filteredOn(JavaClass::isEnum)
                .filteredOn(type -> type.getMethods().stream()
                        .anyMatch(it -> it.isAnnotatedWith(JsonValue.class)
                                || it.getRawReturnType().isEquivalentTo(String.class)
                                        && it.getName().equals("wire")))
                .isEmpty();
        assertThat(CLASSES)
                .filteredOn(type -> type.isAssignableTo(Wire.class))
                .filteredOn(JavaClass::isEnum)
                .hasSizeGreaterThan(30);
    }

    @Test
    void noNamesOfConstantsAreListedByHand() {
        assertThat(CLASSES)
                .flatExtracting(JavaClass::getFields)
                .filteredOn(field -> field.isAnnotatedWith(Schema.class)
                        && field.getAnnotationOfType(Schema.class).allowableValues().length > 0)
                .isEmpty();
    }

    private static Row app(String name, String uses, String engine) {
        return new Row(
                "app." + name,
                Stream.concat(names("app.", uses), names("diffusion.", engine)).collect(Collectors.toSet()));
    }

    private static Row engine(String name, String uses) {
        return new Row("diffusion." + name, names("diffusion.", uses).collect(Collectors.toSet()));
    }

    private static Row row(String name, String uses) {
        return new Row(name, names("", uses).collect(Collectors.toSet()));
    }

    private static Stream<String> names(String prefix, String names) {
        return Arrays.stream(names.split(" ")).filter(it -> !it.isEmpty()).map(prefix::concat);
    }

    /**
     * @param name package below {@code dev.likeness}
     * @param uses packages it uses
     */
    record Row(String name, Set<String> uses) {

        @Override
        public String toString() {
            return name;
        }
    }
}
