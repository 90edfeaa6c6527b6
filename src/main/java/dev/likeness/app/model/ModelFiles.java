package dev.likeness.app.model;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** A model's files in the diffusers layout, from any source. */
interface ModelFiles {

    /** Whether a JSON file exists. */
    boolean has(String path);

    /**
     * Reads a JSON file.
     *
     * @throws UnusableModelException if it is missing or cannot be read
     */
    JsonNode json(String path);

    /** The headers with the sizes of its networks. */
    ModelHeaders headers();

    /** A folder with its JSON files and vocabularies; weights may be missing. */
    Path documents();

    /**
     * The folder itself, created at first use. That may take an hour.
     *
     * @throws dev.likeness.app.hub.HubException if it cannot be downloaded
     */
    Path folder(DownloadWatch watch);
}
