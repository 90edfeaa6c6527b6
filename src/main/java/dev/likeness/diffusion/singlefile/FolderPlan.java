package dev.likeness.diffusion.singlefile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that a folder is going to hold.
 *
 * @param checkpoint where the tensors' bytes are
 * @param documents JSON files by their paths
 * @param weights what is in each weight file, by its path
 * @param vocabulary of the tokenizers
 * @param tokenizers their folders
 */
record FolderPlan(
        Path checkpoint,
        Map<String, ObjectNode> documents,
        Map<String, List<Piece>> weights,
        Vocabulary vocabulary,
        Set<String> tokenizers) {}
