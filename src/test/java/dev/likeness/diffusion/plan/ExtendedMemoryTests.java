package dev.likeness.diffusion.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExtendedMemoryTests {

    /** A number that it forgot would be that of a method without it. */
    @Test
    void isThatOfTheMethodExceptForTheAverageAndEmbeddings() throws Exception {
        Set<String> asked = new TreeSet<>();
        MethodMemory method = (MethodMemory) Proxy.newProxyInstance(
                MethodMemory.class.getClassLoader(),
                new Class<?>[] {MethodMemory.class},
                (proxy, called, arguments) -> {
                    asked.add(called.getName());
                    return answer(called.getReturnType());
                });
        ExtendedMemory extended = new ExtendedMemory(method, true, true);

        for (Method each : counts()) {
            assertThat(each.invoke(extended, new Object[each.getParameterCount()]))
                    .isEqualTo(answer(each.getReturnType()));
        }

        assertThat(asked)
                .isEqualTo(counts().stream()
                        .map(Method::getName)
                        .filter(it -> !it.equals("averages") && !it.equals("trainsEmbeddings"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static List<Method> counts() {
        return Stream.of(MethodMemory.class.getMethods())
                .filter(it -> it.getReturnType() != MethodMemory.class)
                .toList();
    }

    private static Object answer(Class<?> type) {
        if (type == boolean.class) {
            return true;
        }
        if (type == int.class) {
            return 3;
        }
        return type == long.class ? (Object) 5L : KeptActivations.TRAINED;
    }
}
