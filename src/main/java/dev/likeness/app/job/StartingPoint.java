package dev.likeness.app.job;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.RequestFields;
import dev.likeness.app.spec.SpecBinder;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.method.MethodType;
import dev.likeness.diffusion.method.Methods;
import dev.likeness.diffusion.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the training of a job starts from: the result of a base job, uploaded embeddings, an initializer, images of the
 * class.
 */
@Component
class StartingPoint {

    private static final String SECTION = "textual_inversion";
    private static final String MODE = "momentum_mode";
    private static final Map<String, Map<String, Boolean>> FROM_PURE_NOISE =
            Map.of("training", Map.of("zero_terminal_snr", true));

    private final BaseJobs baseJobs;
    private final UploadedEmbeddings uploads;
    private final Initializers initializers;
    private final ClassImages classImages;
    private final LoraLayers layers;
    private final SpecBinder binder;

    StartingPoint(
            BaseJobs baseJobs,
            UploadedEmbeddings uploads,
            Initializers initializers,
            ClassImages classImages,
            LoraLayers layers,
            SpecBinder binder) {
        this.baseJobs = baseJobs;
        this.uploads = uploads;
        this.initializers = initializers;
        this.classImages = classImages;
        this.layers = layers;
        this.binder = binder;
    }

    /**
     * Overlays the settings that a job inherits on its defaults.
     *
     * @param method name; empty if neither the request nor its preset names one
     * @throws InvalidSpecException if an id in the request has the wrong type, or the inherited momentum mode is unknown
     */
    ObjectNode inherit(ObjectNode builtIn, ObjectNode request, Optional<String> method) {
        ObjectNode defaults = SpecBinder.overlay(builtIn, binder.tree(classImages.defaults(request)));
        Optional<UUID> base = RequestFields.id(request, "base_job_id");
        return base.filter(baseJobs::hasZeroTerminalSnr).isPresent()
                ? inherit(SpecBinder.overlay(defaults, binder.tree(FROM_PURE_NOISE)), request, method, base)
                : inherit(defaults, request, method, base);
    }

    private ObjectNode inherit(ObjectNode defaults, ObjectNode request, Optional<String> method, Optional<UUID> base) {
        Optional<UUID> upload = RequestFields.id(request, SECTION, "adapter_id");
        Optional<Map<String, Object>> ofUpload = upload.map(uploads::defaults);
        if (method.flatMap(Methods::find).filter(MethodType::hasMomentum).isEmpty()) {
            return overlay(defaults, ofUpload);
        }
        Optional<Map<String, Object>> ofBase = base.flatMap(baseJobs::momentum);
        if (!request.path(SECTION).hasNonNull(MODE)) {
            boolean uploadDecides = ofUpload.filter(StartingPoint::hasMomentum).isPresent();
            (uploadDecides ? ofUpload : ofBase)
                    .filter(it -> it.get(MODE) == null)
                    .ifPresent(it ->
                            refuse(uploadDecides ? "adapter " + upload.orElseThrow() : "job " + base.orElseThrow()));
        }
        return overlay(overlay(defaults, ofBase), ofUpload);
    }

    private static boolean hasMomentum(Map<String, Object> inherited) {
        return inherited.get("gamma") != null;
    }

    private static void refuse(String source) {
        throw new InvalidSpecException(List.of(new Violation(
                List.of(SECTION, MODE),
                ("%s has a mode that only a newer release knows; set this field to %s, or try again when all processes"
                                + " have been updated")
                        .formatted(source, String.join(" or ", Wire.names(MomentumMode.class))),
                "value_error")));
    }

    private ObjectNode overlay(ObjectNode below, Optional<Map<String, Object>> inherited) {
        return inherited
                .map(it -> SpecBinder.overlay(below, binder.tree(Map.of(SECTION, it))))
                .orElse(below);
    }

    /** Checks what is named by id. Locations are from the request's root. */
    List<Violation> check(JobSpec spec) {
        List<Violation> violations = new ArrayList<>();
        baseJobs.check(spec).ifPresent(violations::add);
        uploads.check(spec).ifPresent(violations::add);
        classImages.check(spec).ifPresent(violations::add);
        return violations;
    }

    /**
     * Keeps what a spec names from being deleted before the end of the transaction.
     *
     * @throws InvalidSpecException if it was deleted
     */
    void hold(JobSpec spec) {
        classImages.check(spec).ifPresent(it -> {
            throw new InvalidSpecException(List.of(it));
        });
    }

    /** Checks the patterns of layers of a spec that is valid otherwise. Locations are from the request's root. */
    List<Violation> checkLayers(JobSpec spec) {
        return layers.check(spec);
    }

    /** Checks the initializer of a spec that is valid otherwise. The location is from the request's root. */
    Optional<Violation> checkInitializer(JobSpec spec, String classWord) {
        return initializers.check(spec, classWord);
    }
}
