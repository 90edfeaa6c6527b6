package dev.likeness.app.adapter;

import dev.likeness.app.adapter.RefusedAdapterException.Problem;
import dev.likeness.app.adapter.RefusedAdapterException.Reason;
import dev.likeness.app.model.ModelCatalogue;
import dev.likeness.app.model.UnusableModelException;
import dev.likeness.diffusion.adapter.AdapterFile;
import dev.likeness.diffusion.adapter.BaseLayers;
import dev.likeness.diffusion.adapter.EmbeddingFile;
import dev.likeness.diffusion.adapter.KeyProblem;
import dev.likeness.diffusion.adapter.LoraFile;
import dev.likeness.diffusion.adapter.UnusableAdapterException;
import dev.likeness.diffusion.tensor.Excerpt;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Checks whether an upload can be used. It executes nothing in the file. */
@Component
class AdapterIntake {

    private static final List<String> PICKLES = List.of(".pt", ".pth", ".bin", ".ckpt", ".pkl");

    /** The first bytes of files of torch.save: a zip archive, and the older format. */
    private static final List<byte[]> PICKLE_BEGINNINGS =
            List.of(new byte[] {'P', 'K', 3, 4}, new byte[] {(byte) 0x80, 2});

    private static final int LONGEST_NAME = 100;

    /** Control characters, including those of the direction of text, which can make a name look like another one. */
    private static final Pattern UNSEEN = Pattern.compile(
            "[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\x{61c}\\x{200e}\\x{200f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");

    private final ModelCatalogue models;
    private final AdapterWords words;
    private final AdapterSettings settings;

    AdapterIntake(ModelCatalogue models, AdapterWords words, AdapterSettings settings) {
        this.models = models;
        this.words = words;
        this.settings = settings;
    }

    /** @throws RefusedAdapterException if it cannot be used */
    CheckedAdapter check(AdapterUpload upload) {
        requireSize(upload);
        requireNoPickle(upload);
        String model = Objects.requireNonNullElseGet(upload.model(), models::defaultModel);
        String name = name(upload);
        BaseLayers base = layers(model);
        AdapterFile file = read(upload, base);
        if (file instanceof LoraFile lora) {
            AdapterKind kind = lora.layers().isEmpty() ? AdapterKind.EMBEDDING : AdapterKind.LORA;
            requireNoPlaceholder(upload, kind);
            lora.embeddings().forEach(it -> requireBundledWord(model, Objects.requireNonNull(it.word())));
            return checked(upload, name, model, kind, file, AdapterContents.of(lora, base));
        }
        EmbeddingFile embedding = (EmbeddingFile) file;
        String word = Optional.ofNullable(upload.placeholder())
                .or(() -> Optional.ofNullable(embedding.word()))
                .orElse(name);
        requireWord(model, word);
        return checked(upload, name, model, AdapterKind.EMBEDDING, file, AdapterContents.of(embedding, base, word));
    }

    private static CheckedAdapter checked(
            AdapterUpload upload,
            String name,
            String model,
            AdapterKind kind,
            AdapterFile file,
            AdapterContents contents) {
        return new CheckedAdapter(
                upload.file(), fileName(upload.fileName()), name, model, kind, file.format(), contents);
    }

    private void requireSize(AdapterUpload upload) {
        try {
            if (Files.size(upload.file()) > settings.maxFileSize().toBytes()) {
                throw new RefusedAdapterException(
                        Reason.TOO_LARGE,
                        new Problem(
                                "file",
                                "%s is larger than the %s allowed".formatted(shown(upload), settings.maxFileSize()),
                                "too_large",
                                Map.of("max", settings.maxFileSize().toBytes())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireNoPickle(AdapterUpload upload) {
        String lower = upload.fileName().toLowerCase(Locale.ROOT);
        if (PICKLES.stream().anyMatch(lower::endsWith) || beginsAsPickle(upload)) {
            throw new RefusedAdapterException(
                    Reason.FORMAT,
                    Problem.file(
                            "%s is a Python pickle, which is not supported because it can contain code: convert it to safetensors"
                                    .formatted(shown(upload)),
                            "unsupported_format"));
        }
    }

    private static boolean beginsAsPickle(AdapterUpload upload) {
        try (InputStream in = Files.newInputStream(upload.file())) {
            byte[] first = in.readNBytes(Long.BYTES);
            // A safetensors file may begin with the same bytes by chance. Its ninth byte is a brace.
            return in.read() != '{'
                    && PICKLE_BEGINNINGS.stream().anyMatch(it -> Arrays.equals(it, Arrays.copyOf(first, it.length)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(AdapterUpload upload) {
        String name =
                upload.name() == null ? stem(shown(upload)) : upload.name().strip();
        if (name.isEmpty()
                || name.length() > LONGEST_NAME
                || UNSEEN.matcher(name).find()) {
            throw field(
                    "name",
                    "must have 1 to %d characters, without control characters and text direction marks"
                            .formatted(LONGEST_NAME));
        }
        return name;
    }

    /** The last part of a path, without its ending. */
    private static String stem(String fileName) {
        String last = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        int dot = last.lastIndexOf('.');
        return (dot > 0 ? last.substring(0, dot) : last).strip();
    }

    /** The client's name of the file, for display. */
    private static String shown(AdapterUpload upload) {
        return UNSEEN.matcher(upload.fileName()).replaceAll("");
    }

    private static String fileName(String sent) {
        String safe = stem(sent).replaceAll("[^A-Za-z0-9._-]", "_");
        return (safe.isEmpty() ? "adapter" : safe) + ".safetensors";
    }

    private BaseLayers layers(String model) {
        try {
            return models.layers(model)
                    .orElseThrow(() -> new RefusedAdapterException(
                            Reason.FIELD,
                            new Problem("model", "there is no model %s".formatted(model), "unknown", Map.of())));
        } catch (InvalidModelException e) {
            throw field("model", "the files of %s cannot be used: %s".formatted(model, reason(e)));
        }
    }

    private static String reason(InvalidModelException e) {
        return e instanceof UnusableModelException unusable ? unusable.reason() : String.valueOf(e.getMessage());
    }

    private static AdapterFile read(AdapterUpload upload, BaseLayers base) {
        try {
            return AdapterFile.read(upload.file(), base);
        } catch (UnusableAdapterException e) {
            throw new RefusedAdapterException(
                    Reason.CONTENTS,
                    e.problems().stream().map(AdapterIntake::problem).toList());
        } catch (InvalidModelException e) {
            // Its message begins with the name of the file, which is the field of the form here.
            throw new RefusedAdapterException(
                    Reason.CONTENTS, Problem.file(String.valueOf(e.getMessage()), KeyProblem.Kind.NO_ADAPTER.wire()));
        }
    }

    private static Problem problem(KeyProblem problem) {
        String key = problem.key();
        return new Problem(
                "file", problem.toString(), problem.kind().wire(), key == null ? Map.of() : Map.of("key", key));
    }

    private static void requireNoPlaceholder(AdapterUpload upload, AdapterKind kind) {
        if (upload.placeholder() != null) {
            throw field(
                    "placeholder",
                    kind == AdapterKind.LORA
                            ? "is only for embeddings, but the file is a LoRA: omit it"
                            : "is only for embeddings of one word, but the file has several words: omit it");
        }
    }

    private void requireWord(String model, String word) {
        words.refusal(model, word).ifPresent(refusal -> {
            throw field("placeholder", "\"%s\" %s; send another word as placeholder".formatted(word, refusal));
        });
    }

    private void requireBundledWord(String model, String word) {
        words.refusal(model, word).ifPresent(refusal -> {
            throw new RefusedAdapterException(
                    Reason.CONTENTS,
                    Problem.file("the word \"%s\" in the file %s".formatted(Excerpt.of(word), refusal), "value_error"));
        });
    }

    private static RefusedAdapterException field(String field, String message) {
        return new RefusedAdapterException(Reason.FIELD, new Problem(field, message, "value_error", Map.of()));
    }
}
