package dev.likeness.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Code fills a record by position, where neighbours of one type are easily swapped. So code may construct only records of
 * few components. Records of more are filled by name: from JSON, YAML or the environment.
 */
class RecordTests {

    private static final int MOST_COMPONENTS = 8;

    @Test
    void codeConstructsNoRecordOfManyComponents() {
        assertThat(constructions(ModularityTests.CLASSES)).isEmpty();
    }

    @Test
    void seesEachWayOfConstructingARecord() {
        JavaClasses classes = new ClassFileImporter().importClasses(Few.class, Many.class, Caller.class);

        assertThat(constructions(classes))
                .containsExactlyInAnyOrder(
                        "Caller.call constructs Many", "Caller.refer constructs Many", "Many.make constructs Many");
    }

    private static List<String> constructions(JavaClasses classes) {
        return classes.stream()
                .filter(JavaClass::isRecord)
                .flatMap(of -> of.getConstructors().stream())
                .filter(it -> it.getRawParameterTypes().size() > MOST_COMPONENTS)
                .flatMap(RecordTests::uses)
                .map(it -> "%s.%s constructs %s"
                        .formatted(
                                it.getOriginOwner().getSimpleName(),
                                it.getOrigin().getName(),
                                it.getTargetOwner().getSimpleName()))
                .distinct()
                .toList();
    }

    private static Stream<JavaAccess<?>> uses(JavaConstructor constructor) {
        return Stream.concat(constructor.getCallsOfSelf().stream(), constructor.getReferencesToSelf().stream());
    }

    private record Few(int a, int b, int c, int d, int e, int f, int g, int h) {}

    private record Many(int a, int b, int c, int d, int e, int f, int g, int h, int i) {

        static Many make() {
            return new Many(1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
    }

    private interface Maker {

        Many make(int a, int b, int c, int d, int e, int f, int g, int h, int i);
    }

    private static final class Caller {

        static Many call() {
            return new Many(1, 2, 3, 4, 5, 6, 7, 8, 9);
        }

        static Maker refer() {
            return Many::new;
        }

        static Supplier<Few> few() {
            return () -> new Few(1, 2, 3, 4, 5, 6, 7, 8);
        }
    }
}
