package dev.likeness.app.job;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.RequestFields;
import dev.likeness.app.spec.SpecBinder;
import dev.likeness.diffusion.method.MethodType;
import dev.likeness.diffusion.method.Methods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** What the training of a job starts from: the result of a base job, uploaded embeddings, an initializer. */
@Component
class StartingPoint {

    private static final String SECTION = "textual_inversion";

    private final BaseJobs baseJobs;
    private final UploadedEmbeddings uploads;
    private final Initializers initializers;
    private final SpecBinder binder;

    StartingPoint(BaseJobs baseJobs, UploadedEmbeddings uploads, Initializers initializers, SpecBinder binder) {
        this.baseJobs = baseJobs;
        this.uploads = uploads;
        this.initializers = initializers;
        this.binder = binder;
    }

    /**
     * Overlays the settings that a job inherits on its defaults.
     *
     * @param method name; empty if neither the request nor its preset names one
     * @throws InvalidSpecException if an id in the request has the wrong type
     */
    ObjectNode inherit(ObjectNode defaults, ObjectNode request, Optional<String> method) {
        ObjectNode merged = defaults;
        if (method.flatMap(Methods::find).filter(MethodType::hasMomentum).isPresent()) {
            merged = overlay(merged, RequestFields.id(request, "base_job_id").flatMap(baseJobs::momentum));
        }
        Optional<UUID> upload = request.get(SECTION) instanceof ObjectNode inversion
                ? RequestFields.id(inversion, "adapter_id")
                : Optional.empty();
        return overlay(merged, upload.map(uploads::defaults));
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
        return violations;
    }

    /** Checks the initializer of a spec that is valid otherwise. The location is from the request's root. */
    Optional<Violation> checkInitializer(JobSpec spec, String classWord) {
        return initializers.check(spec, classWord);
    }
}
