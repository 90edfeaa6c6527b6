package dev.likeness.app.model;

import dev.likeness.app.hub.DownloadWatch;
import dev.likeness.diffusion.tensor.ModelHeaders;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** A model's files in the diffusers layout, whatever they are made from. */
interface ModelFiles {

    /** Whether there is a JSON file. */
    boolean has(String path);

    /**
     * Reads a JSON file.
     *
     * @throws UnusableModelException if it is missing or cannot be read
     */
    JsonNode json(String path);

    /** Where the sizes of its networks stand. */
    ModelHeaders headers();

    /** A folder with its JSON files and vocabularies; weights may be missing. */
    Path documents();

    /**
     * The folder itself, made when it is first asked for. May take an hour then.
     *
     * @throws dev.likeness.app.hub.HubException if it cannot be downloaded
     */
    Path folder(DownloadWatch watch);
}
