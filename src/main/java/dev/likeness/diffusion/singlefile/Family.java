package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.Collection;
import java.util.List;

/** A family of models, recognized by the names of its text encoders. */
enum Family {
    STABLE_DIFFUSION_1(
            "Stable Diffusion 1",
            "stable-diffusion-1",
            512,
            List.of(Network.UNET, Network.VAE, Network.clip("cond_stage_model.transformer."))),
    /** Its two sizes differ in the UNet's prediction: noise at 512 pixels, velocity at 768. */
    STABLE_DIFFUSION_2(
            "Stable Diffusion 2",
            "stable-diffusion-2",
            768,
            List.of(
                    Network.UNET,
                    Network.VAE,
                    Network.openClip(
                            "text_encoder",
                            "cond_stage_model.model.",
                            (tensors, config) -> OpenClipPart.withoutLastLayer(
                                    tensors, config.path("num_hidden_layers").asInt())))),
    STABLE_DIFFUSION_XL(
            "Stable Diffusion XL",
            "stable-diffusion-xl",
            1024,
            List.of(
                    Network.UNET,
                    Network.VAE,
                    Network.clip("conditioner.embedders.0.transformer."),
                    Network.openClip(
                            "text_encoder_2",
                            "conditioner.embedders.1.model.",
                            (tensors, config) -> OpenClipPart.whole(tensors))));

    private static final int SMALL_STABLE_DIFFUSION_2 = 512;

    private final String title;
    private final String resource;
    private final int resolution;
    private final List<Network> networks;

    Family(String title, String resource, int resolution, List<Network> networks) {
        this.title = title;
        this.resource = resource;
        this.resolution = resolution;
        this.networks = networks;
    }

    /**
     * The family of a checkpoint.
     *
     * @param names of its tensors
     * @throws InvalidModelException if it belongs to no family, or is only a part of a model
     */
    static Family of(Collection<String> names) {
        if (!any(names, Network.UNET)) {
            throw new InvalidModelException(
                    "the file is not a Stable Diffusion checkpoint: it has no tensors " + Network.UNET.prefix() + "*");
        }
        if (any(names, "conditioner.embedders.0.model.")) {
            throw new InvalidModelException("the refiner of Stable Diffusion XL is not supported");
        }
        for (Family family : List.of(STABLE_DIFFUSION_XL, STABLE_DIFFUSION_2, STABLE_DIFFUSION_1)) {
            if (any(names, family.networks.get(family.networks.size() - 1))) {
                family.requireAll(names);
                return family;
            }
        }
        throw new InvalidModelException("the file has no text encoder of Stable Diffusion 1, 2 or XL");
    }

    private void requireAll(Collection<String> names) {
        for (Network network : networks) {
            if (!any(names, network)) {
                throw new InvalidModelException(
                        "the file has no %s: tensors %s* are missing".formatted(network.folder(), network.prefix()));
            }
        }
    }

    private static boolean any(Collection<String> names, Network network) {
        return any(names, network.prefix());
    }

    private static boolean any(Collection<String> names, String prefix) {
        return names.stream().anyMatch(name -> name.startsWith(prefix));
    }

    /** Its readable name. */
    String title() {
        return title;
    }

    /** The resource beside this class with the configuration that the shapes of tensors do not determine. */
    String resource() {
        return resource + ".json";
    }

    List<Network> networks() {
        return networks;
    }

    /** Native picture side in pixels. */
    int resolution(String predictionType) {
        return this == STABLE_DIFFUSION_2 && predictionType.equals(PredictionType.EPSILON)
                ? SMALL_STABLE_DIFFUSION_2
                : resolution;
    }
}
