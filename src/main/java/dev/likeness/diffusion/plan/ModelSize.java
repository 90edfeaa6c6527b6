package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.graph.Topology;
import dev.likeness.diffusion.tensor.ModelHeaders;
import dev.likeness.diffusion.text.ClipTextConfig;
import dev.likeness.diffusion.unet.UnetConfig;
import dev.likeness.diffusion.vae.VaeConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * How large a model's networks are.
 *
 * @param denoiser the denoising network
 * @param textEncoders in the order of their folders
 * @param autoencoder between pictures and latents
 * @param scorers numbers in the weights of the networks that score its images
 */
public record ModelSize(Network denoiser, List<Network> textEncoders, Autoencoder autoencoder, long scorers) {

    private static final List<String> SCORERS = List.of("clip", "dino");

    public ModelSize {
        textEncoders = List.copyOf(textEncoders);
    }

    /** Reads the headers of a model's weight files and its configuration. */
    public static ModelSize read(ModelHeaders headers) {
        List<Network> textEncoders = new ArrayList<>();
        for (String part : new String[] {"text_encoder", "text_encoder_2"}) {
            if (headers.has(part)) {
                ClipTextConfig config = ClipTextConfig.of(part + "/config.json", headers.config(part));
                textEncoders.add(new Network(Parameters.of(headers.shapes(part)), config.topology()));
            }
        }
        VaeConfig vae = VaeConfig.of(headers.config("vae"));
        return new ModelSize(
                new Network(
                        Parameters.of(headers.shapes("unet")),
                        UnetConfig.of(headers.config("unet")).topology()),
                textEncoders,
                new Autoencoder(Parameters.of(headers.shapes("vae")), vae.decoder(), vae.factor()),
                SCORERS.stream()
                        .filter(headers::has)
                        .mapToLong(part -> Parameters.of(headers.shapes(part)).all())
                        .sum());
    }

    /**
     * A network.
     *
     * @param topology which blocks are applied to what: activations are counted along it
     */
    public record Network(Parameters parameters, Topology topology) {}

    /**
     * The autoencoder.
     *
     * @param decoder from latents to pictures
     * @param factor pixels to one latent, along a side
     */
    public record Autoencoder(Parameters parameters, Topology decoder, int factor) {}
}
