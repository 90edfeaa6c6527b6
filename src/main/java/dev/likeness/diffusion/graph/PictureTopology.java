package dev.likeness.diffusion.graph;

import java.util.List;

/** The topology of an image encoder. Its input is preprocessed pictures [B, 3, S, S]. */
public interface PictureTopology extends Topology {

    @Override
    default String name() {
        return "embed_image";
    }

    @Override
    default List<String> inputs() {
        return List.of("pixels");
    }
}
