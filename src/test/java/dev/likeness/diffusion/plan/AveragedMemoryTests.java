package dev.likeness.diffusion.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AveragedMemoryTests {

    /** A number that it forgot would be that of a method without it. */
    @Test
    void isThatOfTheMethodExceptForTheAverage() throws Exception {
        Set<String> asked = new TreeSet<>();
        MethodMemory method = (MethodMemory) Proxy.newProxyInstance(
                MethodMemory.class.getClassLoader(),
                new Class<?>[] {MethodMemory.class},
                (proxy, called, arguments) -> {
                    asked.add(called.getName());
                    return answer(called.getReturnType());
                });
        AveragedMemory averaged = new AveragedMemory(method);

        for (Method each : MethodMemory.class.getMethods()) {
            assertThat(each.invoke(averaged, new Object[each.getParameterCount()]))
                    .isEqualTo(answer(each.getReturnType()));
        }

        assertThat(asked)
                .isEqualTo(Stream.of(MethodMemory.class.getMethods())
                        .map(Method::getName)
                        .filter(it -> !it.equals("averages"))
                        .collect(Collectors.toCollection(TreeSet::new)));
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
