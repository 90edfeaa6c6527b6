package dev.likeness.app.postgres;

import dev.likeness.app.TestHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/** Unpacks the binaries of PostgreSQL once for all test contexts of a JVM: the homes of these contexts link to them. */
class SharedBinaries implements ContextCustomizerFactory {

    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
        return Link.TO_SHARED;
    }

    private enum Link implements ContextCustomizer {
        TO_SHARED;

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
            Path home = Path.of(context.getEnvironment().getRequiredProperty("likeness.postgres.directory"));
            try {
                Path shared = TestHome.path(TestHome.BINARIES).toAbsolutePath();
                Path binaries =
                        shared.relativize(PostgresBinaries.unpackInto(shared)).getName(0);
                Path link = home.resolve(binaries);
                if (!Files.exists(link)) {
                    Files.createDirectories(home);
                    Files.createSymbolicLink(link, shared.resolve(binaries));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
