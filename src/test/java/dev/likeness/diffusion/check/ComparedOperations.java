package dev.likeness.diffusion.check;

import java.util.List;
import java.util.stream.Stream;

/** What the self-check compares. */
final class ComparedOperations {

    private ComparedOperations() {}

    static List<Operation> all() {
        return Stream.concat(SelfCheck.networks().stream(), SelfCheck.steps().stream())
                .toList();
    }
}
