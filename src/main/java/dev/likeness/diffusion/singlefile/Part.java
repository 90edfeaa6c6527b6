package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.SafeTensors;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** One network of a checkpoint. */
interface Part {

    /**
     * Converts a tensor.
     *
     * @param name without the prefix of the network
     * @return no pieces if the diffusers layout does not use it; empty if the network has no such tensor
     */
    Optional<List<Piece>> pieces(String name, SafeTensors.Entry tensor);

    /**
     * Sets the fields of config.json that the tensors' shapes determine, and fields that follow from them, unless these
     * are set.
     */
    void describe(ObjectNode config);
}
