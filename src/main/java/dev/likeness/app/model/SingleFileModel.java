package dev.likeness.app.model;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.diffusion.singlefile.SingleFile;
import dev.likeness.diffusion.tensor.Element;
import dev.likeness.diffusion.tensor.FileFaults;
import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A model in one file. It is checked at start, but converted only by a process that needs its weights, never by an API
 * process. The folder's name is a fingerprint of the input, so a changed file gets another folder.
 */
final class SingleFileModel implements ModelFiles {

    private static final Logger log = LoggerFactory.getLogger(SingleFileModel.class);
    private static final int NAME_LENGTH = 16;

    private final String id;
    private final Path file;
    private final @Nullable Path tokenizer;
    private final SingleFile checkpoint;
    private final String fingerprint;
    private final Path target;

    /**
     * @param home parent of the converted folder
     * @throws UnusableModelException if the file is not a supported checkpoint
     */
    SingleFileModel(String id, ModelSettings.Location location, Path home) {
        this.id = id;
        this.file = Objects.requireNonNull(location.singleFile());
        this.tokenizer = location.tokenizer();
        try {
            checkpoint = SingleFile.open(
                    file, new SingleFile.Options(location.predictionType(), location.tokenizer(), location.config()));
            fingerprint = checkpoint.fingerprint();
        } catch (InvalidModelException | IllegalArgumentException | IOException e) {
            throw new UnusableModelException(id, "%s: %s".formatted(file.getFileName(), FileFaults.reason(e)), e);
        }
        target = home.toAbsolutePath().normalize().resolve(id).resolve(fingerprint.substring(0, NAME_LENGTH));
    }

    @Override
    public boolean has(String path) {
        return checkpoint.document(path).isPresent();
    }

    @Override
    public JsonNode json(String path) {
        return checkpoint
                .document(path)
                .orElseThrow(() ->
                        new UnusableModelException(id, "%s does not contain %s".formatted(file.getFileName(), path)));
    }

    @Override
    public ModelHeaders headers() {
        return new Headers();
    }

    @Override
    public Path documents() {
        return folder(DownloadWatch.NONE);
    }

    @Override
    public Path folder(DownloadWatch watch) {
        if (!Files.isDirectory(target)) {
            try {
                if (!checkpoint.fingerprint().equals(fingerprint)) {
                    throw new InvalidModelException("the file of model %s has changed since the start".formatted(id));
                }
                log.info("converting model {}, once", id);
                checkpoint.convert(target);
                log.info("converted model {}", id);
            } catch (IOException e) {
                throw new UncheckedIOException("model %s cannot be converted into %s".formatted(id, target), e);
            }
        }
        return target;
    }

    private final class Headers implements ModelHeaders {

        @Override
        public boolean has(String part) {
            return checkpoint.hasPart(part);
        }

        @Override
        public JsonNode document(String path) {
            return json(path);
        }

        @Override
        public Optional<Path> tokenizer(String part) {
            return Optional.ofNullable(tokenizer);
        }

        @Override
        public Map<String, long[]> shapes(String part) {
            return checkpoint.shapes(part);
        }

        @Override
        public Map<String, Element> elements(String part) {
            return checkpoint.elements(part);
        }
    }
}
