package dev.likeness.diffusion.singlefile;

import dev.likeness.diffusion.tensor.SafeTensors;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** One network of a checkpoint. */
interface Part {

    /**
     * What a tensor becomes.
     *
     * @param name without the prefix of the network
     * @return no pieces if the diffusers layout has no place for it; empty if the network has no such tensor
     */
    Optional<List<Piece>> pieces(String name, SafeTensors.Entry tensor);

    /** Sets the fields of config.json that the tensors' shapes tell, and those that follow from them if they are not set. */
    void describe(ObjectNode config);
}
