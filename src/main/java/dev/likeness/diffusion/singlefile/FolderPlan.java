package dev.likeness.diffusion.singlefile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The planned content of a folder.
 *
 * @param checkpoint file with the tensors' bytes
 * @param documents JSON files by their paths
 * @param weights content of each weight file, by its path
 * @param vocabulary of the tokenizers
 * @param tokenizers their folders
 */
record FolderPlan(
        Path checkpoint,
        Map<String, ObjectNode> documents,
        Map<String, List<Piece>> weights,
        Vocabulary vocabulary,
        Set<String> tokenizers) {}
